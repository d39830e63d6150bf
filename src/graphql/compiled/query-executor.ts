import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { RequestContext } from '../context.ts';
import { CompiledOperation } from './compiled-operation.ts';
import { type Arguments, directiveVariables, NotCompiled } from './operation-fields.ts';

/** What an operation is run with. */
export interface Execution {
  document: DocumentNode;
  /** Undefined when the document has several, and the caller named none of them. */
  operation: OperationDefinitionNode | undefined;
  /** As the caller sent them. */
  variables: Arguments;
  context: RequestContext;
}

/** Forms of one operation that are kept: @skip and @include with variables make others. */
const MAX_FORMS = 8;

interface Known {
  /** Variables on which the form depends. */
  names: readonly string[];
  /** By the values of these variables; undefined when the operation cannot be compiled. */
  forms: Map<string, CompiledOperation | undefined>;
}

/**
 * Runs operations, and compiles those that come a second time. What is kept hangs on the parsed document, whose store is bounded: it goes
 * when the document goes.
 */
export class QueryExecutor {
  readonly #schema: GraphQLSchema;
  readonly #seen = new WeakSet<OperationDefinitionNode>();
  readonly #known = new WeakMap<OperationDefinitionNode, Known>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  execute(execution: Execution): ExecutionResult | Promise<ExecutionResult> {
    const { operation, document, context } = execution;
    if (operation?.operation !== 'query') return this.#interpret(execution);
    if (!this.#seen.has(operation)) {
      this.#seen.add(operation);
      return this.#interpret(execution);
    }
    const { coerced, errors } =
      context.coercedVariables === undefined
        ? getVariableValues(this.#schema, operation.variableDefinitions ?? [], execution.variables, { maxErrors: 1 })
        : { coerced: context.coercedVariables };
    if (coerced === undefined) return { errors };
    const compiled = this.#formOf(document, operation, coerced);
    return compiled === undefined ? this.#interpret(execution) : compiled.execute(context, coerced);
  }

  #formOf(document: DocumentNode, operation: OperationDefinitionNode, variables: Arguments): CompiledOperation | undefined {
    let known = this.#known.get(operation);
    if (known === undefined) {
      known = { names: directiveVariables(document), forms: new Map() };
      this.#known.set(operation, known);
    }
    const { names, forms } = known;
    const key = names.map((name) => String(variables[name])).join();
    if (forms.has(key)) return forms.get(key);
    const compiled = forms.size < MAX_FORMS ? this.#compile(document, operation, variables) : undefined;
    if (forms.size < MAX_FORMS) forms.set(key, compiled);
    return compiled;
  }

  #compile(document: DocumentNode, operation: OperationDefinitionNode, variables: Arguments): CompiledOperation | undefined {
    try {
      return new CompiledOperation(this.#schema, document, operation, variables);
    } catch (error) {
      if (error instanceof NotCompiled) return undefined;
      throw error;
    }
  }

  #interpret({ document, operation, variables, context }: Execution): ExecutionResult | Promise<ExecutionResult> {
    return execute({
      schema: this.#schema,
      document,
      contextValue: context,
      variableValues: variables,
      operationName: operation?.name?.value ?? null,
      options: { maxCoercionErrors: 1 },
    });
  }
}
