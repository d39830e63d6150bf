import type { z } from 'zod';
import type { GraphQLOptions } from '../graphql/apollo-server.ts';
import { country, oneOf, wholeNumber } from './values.ts';

export const graphqlVariables = {
  INTROSPECTION: oneOf(['on', 'off'], 'on'),
  DEFAULT_REGION: country('US'),
  MAX_TOKENS: wholeNumber(100, 100_000, 2_000),
  MAX_DEPTH: wholeNumber(3, 100, 12),
  MAX_COMPLEXITY: wholeNumber(10, 1_000_000, 10_000),
  MAX_ALIASES: wholeNumber(0, 1_000, 30),
  MAX_ROOT_FIELDS: wholeNumber(1, 1_000, 20),
  MAX_DIRECTIVES: wholeNumber(0, 1_000, 50),
};

type GraphQLVariables = z.output<z.ZodObject<typeof graphqlVariables>>;

export function graphqlOptions(env: GraphQLVariables): GraphQLOptions {
  return {
    introspection: env.INTROSPECTION === 'on',
    defaultRegion: env.DEFAULT_REGION,
    maxTokens: env.MAX_TOKENS,
    limits: {
      maxDepth: env.MAX_DEPTH,
      maxComplexity: env.MAX_COMPLEXITY,
      maxAliases: env.MAX_ALIASES,
      maxRootFields: env.MAX_ROOT_FIELDS,
      maxDirectives: env.MAX_DIRECTIVES,
    },
  };
}
