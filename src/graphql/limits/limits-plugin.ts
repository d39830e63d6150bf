import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import type { RequestContext } from '../context.ts';
import { type ErrorCode, refusedOperation } from '../errors.ts';
import { withoutUnsentNames } from '../unsent-names.ts';
import type { Spending } from './admission.ts';
import { type DocumentShape, measureOperation } from './document-shape.ts';
import { operationCost } from './operation-cost.ts';

export interface OperationLimits {
  maxDepth: number;
  maxComplexity: number;
  maxAliases: number;
  maxRootFields: number;
  maxDirectives: number;
}

/**
 * Refuses operations that are too large, before any resolver runs. Only valid documents come this far. The cost of parsing and validation
 * is bounded by the body limit and the limit on tokens. A request with `extensions: { cost: true }` is told its price in `extensions.cost`.
 */
export function limitsPlugin(limits: OperationLimits, hidesSchema: boolean): ApolloServerPlugin<RequestContext> {
  // Apollo gives the same parsed document for the same text, so a query that is sent often is measured once.
  const shapes = new WeakMap<OperationDefinitionNode, DocumentShape>();
  const shapeOf = (document: DocumentNode, operation: OperationDefinitionNode): DocumentShape => {
    const known = shapes.get(operation);
    if (known !== undefined) return known;
    const shape = measureOperation(document, operation);
    shapes.set(operation, shape);
    return shape;
  };
  return {
    async requestDidStart({ request: { extensions: asked } }) {
      let report: ({ price: number; maxPrice: number } & Partial<Spending>) | undefined;
      return {
        async didResolveOperation({ document, operation, request, schema, contextValue }) {
          if (operation === undefined) return;
          if (!schema.getRootType(operation.operation))
            throw refusedOperation('OPERATION_NOT_SUPPORTED', `This API has no ${operation.operation}s.`);
          checkShape(shapeOf(document, operation), limits);
          const maxPrice = limits.maxComplexity;
          const coerced = coerceVariables(schema, document, operation, request.variables ?? {}, hidesSchema);
          contextValue.coercedVariables = coerced;
          const price = operationCost(schema, document, operation, coerced);
          refusePrice(price, maxPrice);
          const { spending } = await contextValue.admit(price);
          report = { price, maxPrice, ...spending };
        },
        async willSendResponse({ response: { body }, contextValue: { charged } }) {
          if (report === undefined || asked?.cost !== true || body.kind !== 'single') return;
          const result = body.singleResult;
          result.extensions = {
            ...result.extensions,
            cost: { ...report, ...charged.spending, price: Math.round((report.price + charged.points) * 1_000) / 1_000 },
          };
        },
      };
    },
  };
}

function checkShape(shape: DocumentShape, limits: OperationLimits): void {
  refuseAbove('QUERY_TOO_DEEP', 'is nested', shape.depth, limits.maxDepth, 'levels');
  refuseAbove('TOO_MANY_ALIASES', 'has', shape.aliases, limits.maxAliases, 'aliases');
  refuseAbove('TOO_MANY_ROOT_FIELDS', 'has', shape.rootFields, limits.maxRootFields, 'fields at its top level');
  refuseAbove('TOO_MANY_DIRECTIVES', 'has', shape.directives, limits.maxDirectives, 'directives');
}

function coerceVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  hidesSchema: boolean,
): Record<string, unknown> {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    maxErrors: 1,
    hideSuggestions: hidesSchema,
  });
  if (coerced !== undefined) return coerced;
  // Only the first error is told: a list of a million wrong values would make a million of them.
  const sent = hidesSchema ? `${document.loc?.source.body ?? ''} ${JSON.stringify(variables)}` : undefined;
  throw invalidVariables(errors[0], sent);
}

function refusePrice(cost: number, max: number): void {
  if (cost <= max) return;
  throw refusedOperation(
    'QUERY_TOO_COMPLEX',
    `The operation costs ${Math.round(cost)}; at most ${max} is allowed. Ask for fewer items or fewer fields.`,
    { cost, max },
  );
}

function refuseAbove(code: ErrorCode, verb: string, found: number, max: number, unit: string): void {
  if (found > max) throw refusedOperation(code, `The operation ${verb} ${found} ${unit}; at most ${max} are allowed.`, { found, max });
}

/** `sent`: the text of the request, when the message may hold no other names. */
function invalidVariables(error: GraphQLError, sent: string | undefined): GraphQLError {
  return new GraphQLError(sent === undefined ? error.message : withoutUnsentNames(error.message, sent), {
    nodes: error.nodes ?? [],
    extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode, http: { status: 400 } },
  });
}
