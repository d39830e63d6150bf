import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  isLeafType,
  isListType,
  isNonNullType,
  locatedError,
  type OperationDefinitionNode,
} from 'graphql';
import type { RequestContext } from '../context.ts';
import { endField, readsProperty } from '../limits/budgeted-schema.ts';
import { CollectedErrors, type Path, pathToArray } from './collected-errors.ts';
import { type Arguments, type OperationField, operationFields } from './operation-fields.ts';

/** The state of one run. */
interface Run {
  context: RequestContext;
  variables: Arguments;
  errors: CollectedErrors;
  /** By slot. Arguments depend on the variables alone, so a field of a list has them made once. */
  args: (Arguments | undefined)[];
  infos: (GraphQLResolveInfo | undefined)[];
}

type Complete = (run: Run, path: Path, value: unknown) => unknown;
type Execute = (run: Run, source: unknown, path: Path | undefined) => unknown;

interface CompiledField {
  key: string;
  execute: Execute;
}

/**
 * A query of a valid document as closures. It runs as graphql-js runs it (https://spec.graphql.org/October2021/#sec-Executing-Selection-Sets):
 * the same answer, errors and order of calls. What is the same each time is done once: collecting fields, looking up types, coercing
 * arguments without variables. A fact that is read from a property makes no path, no arguments and no promise.
 */
export class CompiledOperation {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly #operation: OperationDefinitionNode;
  readonly #slots: number;
  readonly #root: (run: Run) => unknown;

  /** `variables` decide about @skip and @include. Throws NotCompiled. */
  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Arguments) {
    this.#schema = schema;
    this.#document = document;
    this.#operation = operation;
    const { fields, template, slots } = operationFields(schema, document, operation, variables);
    this.#slots = slots;
    const compiled = fields.map((field) => this.#field(field));
    this.#root = (run) => executeFields(run, compiled, template, undefined, undefined);
  }

  /** `variables` are coerced. */
  execute(context: RequestContext, variables: Arguments): ExecutionResult | Promise<ExecutionResult> {
    const run: Run = { context, variables, errors: new CollectedErrors(), args: new Array(this.#slots), infos: new Array(this.#slots) };
    const { errors } = run.errors;
    const answer = (data: unknown): ExecutionResult => {
      const result: ExecutionResult = { data: data as Record<string, unknown> | null };
      return errors.length === 0 ? result : { errors, ...result };
    };
    const failed = (error: unknown): ExecutionResult => {
      run.errors.add(error as GraphQLError, undefined);
      return answer(null);
    };
    try {
      const data = this.#root(run);
      return isPromise(data) ? data.then(answer, failed) : answer(data);
    } catch (error) {
      return failed(error);
    }
  }

  #field(field: OperationField): CompiledField {
    const { key, field: definition, parentType, nodes } = field;
    if (definition.name === '__typename') return { key, execute: () => parentType.name };
    const { type } = definition;
    const fail = (run: Run, own: Path, raw: unknown): null => {
      const error = locatedError(raw, nodes, pathToArray(own));
      if (isNonNullType(type)) throw error;
      run.errors.add(error, own);
      return null;
    };
    const resolve = this.#resolver(field);
    const complete = this.#completer(field, type);
    const leaf = leafCompleter(field);
    const execute: Execute = (run, source, path) => {
      let own: Path | undefined;
      try {
        const value = resolve(run, source);
        if (leaf !== undefined && !isPromise(value)) return leaf(value);
        const place: Path = { prev: path, key };
        own = place;
        const completed = isPromise(value) ? value.then((settled) => complete(run, place, settled)) : complete(run, place, value);
        return isPromise(completed) ? completed.then(undefined, (raw: unknown) => fail(run, place, raw)) : completed;
      } catch (raw) {
        return fail(run, own ?? { prev: path, key }, raw);
      }
    };
    return { key, execute };
  }

  #resolver(field: OperationField): (run: Run, source: unknown) => unknown {
    const { slot, field: definition, args } = field;
    const resolve = definition.resolve;
    const argumentsOf = (run: Run): Arguments => {
      run.args[slot] ??= args ?? getArgumentValues(definition as GraphQLField<unknown, unknown>, field.nodes[0], run.variables);
      return run.args[slot];
    };
    const callResolver = (run: Run, source: unknown): unknown => {
      if (resolve === undefined) throw new Error(`${field.parentType.name}.${definition.name} has no resolver`);
      return resolve(source, argumentsOf(run), run.context, this.#info(run, field));
    };
    if (!readsProperty(definition) || !isLeafType(nullable(definition.type))) return callResolver;
    const { name } = definition;
    const read = propertyReader(name);
    const isNullable = !isNonNullType(definition.type);
    return (run, source) => {
      const { context } = run;
      if (context.budget.stopped !== undefined) return endField(context, isNullable);
      const value = read(source);
      // Getters and plain values are by far the most. The resolver of the schema knows the rest.
      if (typeof value === 'function' || value instanceof Promise) return callResolver(run, source);
      context.budget.add(name, value);
      return value;
    };
  }

  #completer(field: OperationField, type: GraphQLOutputType): Complete {
    const { parentType, field: definition, nodes } = field;
    const place = `${parentType.name}.${definition.name}`;
    if (isNonNullType(type)) {
      const complete = this.#completer(field, type.ofType);
      return (run, path, value) => {
        const completed = complete(run, path, value);
        if (completed === null) throw new Error(`Cannot return null for non-nullable field ${place}.`);
        return completed;
      };
    }
    if (isLeafType(type)) {
      return (_run, _path, value) => {
        if (value instanceof Error) throw value;
        return value === null || value === undefined ? null : type.serialize(value);
      };
    }
    if (isListType(type)) {
      const itemType = type.ofType;
      const complete = this.#completer(field, itemType);
      const fail = (run: Run, path: Path, raw: unknown): null => {
        const error = locatedError(raw, nodes, pathToArray(path));
        if (isNonNullType(itemType)) throw error;
        run.errors.add(error, path);
        return null;
      };
      return (run, path, value) => {
        if (value instanceof Error) throw value;
        if (value === null || value === undefined) return null;
        if (!isIterable(value)) throw new GraphQLError(`Expected Iterable, but did not find one for field "${place}".`);
        let waits = false;
        const items: unknown[] = [];
        const completeItem = (item: unknown, own: Path): unknown => {
          try {
            const completed = isPromise(item) ? item.then((settled) => complete(run, own, settled)) : complete(run, own, item);
            if (!isPromise(completed)) return completed;
            waits = true;
            return completed.then(undefined, (raw: unknown) => fail(run, own, raw));
          } catch (raw) {
            return fail(run, own, raw);
          }
        };
        try {
          for (const item of value) items.push(completeItem(item, { prev: path, key: items.length }));
        } catch (error) {
          if (!waits) throw error;
          return Promise.allSettled(items).then(() => {
            throw error;
          });
        }
        return waits ? Promise.all(items) : items;
      };
    }
    const fields = field.fields.map((inner) => this.#field(inner));
    const { template } = field;
    return (run, path, value) => {
      if (value instanceof Error) throw value;
      return value === null || value === undefined ? null : executeFields(run, fields, template, value, path);
    };
  }

  /** The path is left out: no resolver of the schema reads it. */
  #info(run: Run, { slot, field, parentType, nodes }: OperationField): GraphQLResolveInfo {
    run.infos[slot] ??= {
      fieldName: field.name,
      fieldNodes: nodes,
      returnType: field.type,
      parentType,
      schema: this.#schema,
      operation: this.#operation,
      variableValues: run.variables,
      fragments: fragmentsOf(this.#document),
    } as unknown as GraphQLResolveInfo;
    return run.infos[slot];
  }
}

function executeFields(
  run: Run,
  fields: readonly CompiledField[],
  template: Record<string, null>,
  source: unknown,
  path: Path | undefined,
): unknown {
  const result: Record<string, unknown> = { ...template };
  // Most objects wait for nothing, and then need no lists.
  let waiting: WaitingFields | undefined;
  try {
    for (const { key, execute } of fields) {
      const value = execute(run, source, path);
      if (isPromise(value)) {
        waiting ??= { keys: [], promises: [] };
        waiting.keys.push(key);
        waiting.promises.push(value);
      } else result[key] = value;
    }
  } catch (error) {
    if (waiting === undefined) throw error;
    // The other fields may fail too, and each failure must be handled.
    return settled(result, waiting).finally(() => {
      throw error;
    });
  }
  return waiting === undefined ? result : settled(result, waiting);
}

interface WaitingFields {
  keys: string[];
  promises: Promise<unknown>[];
}

/** As many promises in a row as graphql-js makes: the order of errors depends on it. */
function settled(result: Record<string, unknown>, { keys, promises }: WaitingFields): Promise<unknown> {
  return Promise.all(promises).then((values) => {
    for (let n = 0; n < keys.length; n++) result[keys[n]] = values[n];
    return result;
  });
}

/** Completes a leaf at once. Undefined for lists and objects, which need their path. */
function leafCompleter({ parentType, field: { name, type } }: OperationField): ((value: unknown) => unknown) | undefined {
  const leaf = nullable(type);
  if (!isLeafType(leaf)) return undefined;
  const isRequired = isNonNullType(type);
  return (value) => {
    if (value !== null && value !== undefined) {
      if (typeof value === 'object' && value instanceof Error) throw value;
      return leaf.serialize(value);
    }
    if (isRequired) throw new Error(`Cannot return null for non-nullable field ${parentType.name}.${name}.`);
    return null;
  };
}

function nullable(type: GraphQLOutputType): GraphQLOutputType {
  return isNonNullType(type) ? type.ofType : type;
}

const readers = new Map<string, (source: unknown) => unknown>();

/**
 * A function for each name of a field: the engine then remembers where the property is. One function for all names would search it each
 * time. Names come from the schema, never from a caller.
 */
function propertyReader(name: string): (source: unknown) => unknown {
  const reader = readers.get(name) ?? (new Function('source', `return source.${name}`) as (source: unknown) => unknown);
  readers.set(name, reader);
  return reader;
}

function fragmentsOf({ definitions }: DocumentNode): GraphQLResolveInfo['fragments'] {
  return Object.fromEntries(
    definitions.flatMap((definition) => (definition.kind === 'FragmentDefinition' ? [[definition.name.value, definition]] : [])),
  );
}

/** Resolvers make no other thenables. Looking for `then` in each object of an answer takes longer. */
function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
