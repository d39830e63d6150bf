import { type DocumentNode, getVariableValues, Kind, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as generated from '../client/src/generated/graphql.ts';
import { parseEnvironment } from '../src/environment/environment.ts';
import { operationCost } from '../src/graphql/limits/operation-cost.ts';
import { createSchema } from '../src/graphql/schema.ts';
import { DEFAULT_LIMITS } from './running-app.ts';

const MAX_QUERY_LENGTH = 20_480;
/** Larger than what the web app sends. */
const VALUES: Record<string, unknown> = {
  'Int!': 24,
  'ID!': '1',
  'String!': 'alien',
  'Boolean!': true,
  'Float!': 4,
  'AccountRole!': 'ADMIN',
  'RegistrationMode!': 'CLOSED',
  '[HistoryFileInput!]!': [{ name: 'a.zip', base64: 'A'.repeat(10_000_000) }],
  'FeedbackSignal!': 'LIKE',
  'GroupStrategy!': 'AVERAGE',
  'RecommendationMode!': 'DIVERSE',
  'WatchlistSort!': 'YEAR',
  'WatchlistStatus!': 'ALL',
  '[ID!]!': Array(100).fill('1'),
  '[String!]!': ['a', 'b'],
  '[ImportChoice!]!': [],
  'PreferencesInput!': { likedMovieIds: Array(100).fill('1') },
  '[PreferencesInput!]!': Array(8).fill({ likedMovieIds: Array(100).fill('1') }),
  'MovieFilterInput!': { people: Array(10).fill('1'), keywords: Array(10).fill('a') },
  'MovieSort!': 'NEWEST',
  'MediaSource!': 'JELLYFIN',
  'OperatorRuleInput!': { effect: 'HIDE', movieId: '1', reason: 'x' },
  'SharedGroupInput!': { members: [], strategy: 'AVERAGE', services: [] },
  'PushSubscriptionInput!': { endpoint: 'https://push.example/1', p256dh: 'a', auth: 'a', language: 'en' },
  'StoredPreferencesInput!': { preferredGenres: [], services: [], languages: [] },
  'RemovedEntryInput!': { movieId: '1', addedAt: '2020-01-01T00:00:00Z', watched: false },
  '[RemovedEntryInput!]!': Array(500).fill({ movieId: '1', addedAt: '2020-01-01T00:00:00Z', watched: false }),
};

const schema = createSchema();
const DOCUMENTS = Object.entries(generated).filter((entry): entry is [string, (typeof entry)[1] & DocumentNode] =>
  entry[0].endsWith('Document'),
);

describe('the documents of the web app and the playground', () => {
  it('are all known', () => expect(DOCUMENTS.length).toBeGreaterThan(25));

  it.each(DOCUMENTS)('%s is within the limits', (_, document: DocumentNode) => {
    expect(print(document).length).toBeLessThan(MAX_QUERY_LENGTH);
    expect(priceOf(document)).toBeLessThan(DEFAULT_LIMITS.maxComplexity);
  });

  it('leave four people behind one address, none of them signed in, their budget of points', () => {
    const { points } = parseEnvironment({});
    const { HomeDocument, HomeListDocument, HomeRailsDocument, RankedRailDocument, SimilarRailDocument } = generated;
    const { MoviePageDocument, SearchDocument } = generated;
    const home = [HomeDocument, HomeListDocument, HomeRailsDocument, RankedRailDocument, SimilarRailDocument];
    // In one minute each opens Home twice, three movies, and types ten letters of a search.
    const asked = [...home, ...home, ...Array(3).fill(MoviePageDocument), ...Array(10).fill(SearchDocument)] as DocumentNode[];
    const spent = 4 * asked.reduce((sum, document) => sum + priceOf(document), 0);
    expect(spent).toBeGreaterThan(10_000);
    expect(spent).toBeLessThan((points?.anonymous ?? 0) / 2);
  });
});

function priceOf(document: DocumentNode): number {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('expected an operation');
  const definitions = operation.variableDefinitions ?? [];
  const variables = Object.fromEntries(definitions.map(({ variable, type }) => [variable.name.value, VALUES[print(type)]]));
  const { coerced, errors } = getVariableValues(schema, definitions, variables);
  if (coerced === undefined) throw errors[0];
  return operationCost(schema, document, operation, coerced);
}
