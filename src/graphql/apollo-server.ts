import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Metrics } from '../metrics/metrics.ts';
import { QueryExecutor } from './compiled/query-executor.ts';
import type { RequestContext } from './context.ts';
import { deepestCause, formatError, formatHidingSchema, isForCaller } from './errors.ts';
import { boundedAnswers, MAX_ERRORS } from './limits/answer-plugin.ts';
import { spendBudget } from './limits/budgeted-schema.ts';
import { documentStore, textStore } from './limits/document-store.ts';
import { limitsPlugin, type OperationLimits } from './limits/limits-plugin.ts';
import { operationMetrics } from './operation-metrics.ts';
import { serviceFailures } from './service-failures.ts';
import { sharedAnswers } from './shared-answers.ts';

export interface GraphQLOptions {
  introspection: boolean;
  /** The country of offers when the caller names none. */
  defaultRegion: string;
  /** Whether models may be trained on what viewers do. Undefined: they may. */
  learnsFromViewers?: boolean;
  /** Bound of a document. Parsing stops there, because validation costs up to the square of the tokens. */
  maxTokens: number;
  limits: OperationLimits;
}

export function createApolloServer(
  schema: GraphQLSchema,
  options: GraphQLOptions,
  metrics: Pick<Metrics, 'operation'>,
): ApolloServer<RequestContext> {
  const budgeted = spendBudget(schema);
  const executor = new QueryExecutor(budgeted);
  return new ApolloServer<RequestContext>({
    gateway: executedBy(executor, budgeted),
    introspection: options.introspection,
    // Without introspection, "did you mean" would reveal the schema name by name.
    hideSchemaDetailsFromClientErrors: !options.introspection,
    parseOptions: { maxTokens: options.maxTokens },
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: { cache: textStore(), ttl: null },
    documentStore: documentStore(),
    validationOptions: { maxErrors: MAX_ERRORS },
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: options.introspection ? formatError : formatHidingSchema,
    plugins: [
      limitsPlugin(options.limits, !options.introspection),
      logUnexpectedErrors,
      serviceFailures,
      operationMetrics(metrics),
      boundedAnswers,
      sharedAnswers,
      // It wraps every field to look for cache hints, and the schema has none.
      ApolloServerPluginCacheControlDisabled(),
      // Its page loads scripts from a CDN; browsers get our own playground.
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
}

/** Apollo hands the execution of an operation to a gateway. This one is in process. */
function executedBy(executor: QueryExecutor, schema: GraphQLSchema): ApolloServerOptionsWithGateway<RequestContext>['gateway'] {
  return {
    async load() {
      return {
        executor: async ({ document, operation, request, context }) =>
          executor.execute({ document, operation, variables: request.variables ?? {}, context: context as RequestContext }),
      };
    },
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    async stop() {},
  };
}

const logUnexpectedErrors: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue, operationName }) {
        for (const error of errors.slice(0, MAX_ERRORS)) {
          if (isForCaller(error) || (error.originalError === undefined && error.path === undefined)) continue;
          contextValue.log.error({ err: deepestCause(error), path: error.path?.join('.'), operationName }, 'a resolver failed');
        }
      },
    };
  },
};
