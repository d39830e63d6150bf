import { type DocumentNode, type GraphQLField, getNullableType, isListType, isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../schema.ts';
import { countOf, type FieldCost, type ListLength, operationCost } from './operation-cost.ts';

const schema = createSchema();

interface ListField {
  name: string;
  parent: string;
  field: GraphQLField<unknown, unknown>;
}

const LISTS: ListField[] = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter((field) => isListType(getNullableType(field.type)))
          .map((field) => ({ name: `${type.name}.${field.name}`, parent: type.name, field }))
      : [],
  );

const lengthOf = ({ field }: ListField): ListLength | undefined => (field.extensions as FieldCost).listLength;
const costOf = (text: string, variables: Record<string, unknown> = {}): number => {
  const document: DocumentNode = parse(text);
  const [operation] = document.definitions;
  if (operation.kind !== 'OperationDefinition') throw new Error('expected an operation');
  return operationCost(schema, document, operation, variables);
};

describe('the list fields of the schema', () => {
  it('are all known', () => expect(LISTS.length).toBeGreaterThan(35));

  it.each(LISTS)('$name has a greatest length', (list) => {
    const length = lengthOf(list);
    if (length === undefined) throw new Error('declare `listLength` beside the field');
    if (typeof length === 'number') return expect(length).toBeGreaterThan(0);
    if (length.of !== 'ancestor') return expect(list.field.args.map(({ name }) => name)).toContain(length.argument);
    // Whatever leads to the list, some field above it has the argument.
    expect(fieldsAbove(list.parent).some(({ args }) => args.some(({ name }) => name === length.argument))).toBe(true);
  });
});

describe('a length that is asked for', () => {
  it.each([
    [-100_000, 1],
    [0, 1],
    [1, 1],
    [99, 99],
    [100, 100],
    [101, 100],
    [undefined, 1],
    [null, 1],
    [[], 1],
    [Array(500).fill('1'), 500],
    [Array(501).fill('1'), 500],
  ])('of %j counts as %d', (value, count) => {
    expect(countOf(value)).toBe(count);
  });

  it('has the bound of its field when the field states one', () => {
    expect([countOf(500, 500), countOf(501, 500), countOf([1, 2, 3], 2)]).toEqual([500, 500, 2]);
  });
});

const IMPORT = 'mutation ($text: String!) { importHistory(source: MOVIELENS, text: $text) { takenCount } }';

describe('the price of a list', () => {
  it.each<[string, string, Record<string, unknown>, number]>([
    // Every operation costs 20. A field costs 0.1, unless a comment says otherwise.
    ['movies', 'query ($ids: [ID!]!) { movies(ids: $ids) { title } }', { ids: Array(7).fill('1') }, 20 + 0.1 * (1 + 7)],
    ['similar', '{ movie(id: "1") { similar(first: 7) { score } } }', {}, 20 + 50 + 0.1 * (1 + 7)],
    // 20 for a search, and 35 for each word.
    ['nodes', '{ searchMovies(query: "a", first: 7) { totalCount nodes { title } } }', {}, 20 + 55 + 0.1 * (1 + 1 + 7)],
    ['edges', '{ searchMovies(query: "a-b c", first: 7) { edges { cursor } } }', {}, 20 + 125 + 0.1 * (1 + 7)],
    // 50 for a list without a text, and 6 for each person, keyword and collection, at most 10 of each.
    ['a filter', '{ catalogMovies(filter: { people: ["1", "2"] }, first: 7) { nodes { id } } }', {}, 20 + 50 + 2 * 6 + 0.1 * (1 + 7)],
    [
      'tags',
      'query ($names: [String!]) { catalogMovies(filter: { keywords: $names }) { totalCount } }',
      { names: Array(11).fill('a') },
      20 + 50 + 60 + 0.1,
    ],
    ['a collection', '{ movie(id: "1") { collectionMovies { id } } }', {}, 20 + 0.1 + 30 + 50 * 0.1],
    ['words above the twelfth', `{ searchMovies(query: "${'a '.repeat(13)}") { totalCount } }`, {}, 20 + 20 + 12 * 35 + 0.1],
    // 0.05 for a label, and one reason more for the sum of the others.
    ['reasons', '{ recommendation(movieId: "1") { reasons(first: 7) { label } } }', {}, 20 + 50 + 0.1 + 8 * 0.05],
    ['reasons by default', '{ recommendation(movieId: "1") { reasons { label } } }', {}, 20 + 50 + 0.1 + 11 * 0.05],
    ['likedMovies', '{ viewer { likedMovies(first: 7) { title } } }', {}, 20 + 0.1 * (1 + 1 + 7)],
    ['likedMovies by default', '{ viewer { likedMovies { title } } }', {}, 20 + 0.1 * (1 + 1 + 500)],
    ['keywords', '{ movie(id: "1") { keywords } }', {}, 20 + 0.1 * (1 + 1) + 200 * 0.003],
    // 100 for each ranking, 100 for the group, 0.5 for each entry and member.
    [
      'members',
      'query ($members: [PreferencesInput!]!) { groupRecommendations(members: $members, first: 2) { nodes { members { score } } } }',
      { members: [{}, {}, {}] },
      20 + 100 + 3 * 101 + 0.1 * (1 + 2 * (1 + 3)),
    ],
    [
      'likes of a ranking',
      'query ($prefs: PreferencesInput) { recommendations(prefs: $prefs, first: 100) { totalCount } }',
      { prefs: { likedMovieIds: Array(500).fill('1'), dislikedMovieIds: Array(500).fill('1') } },
      20 + 100 + 100 * 0.5 + 100 * 1_000 * 0.02 + 0.1,
    ],
    [
      'setWatched',
      'mutation ($ids: [ID!]!) { setWatched(movieIds: $ids, watched: true) { watched } }',
      { ids: Array(7).fill('1') },
      20 + 20 + 7 * (0.5 + 0.1),
    ],
    [
      'removeFromWatchlist',
      'mutation ($ids: [ID!]!) { removeFromWatchlist(movieIds: $ids) }',
      { ids: Array(7).fill('1') },
      20 + 20 + 7 * (0.5 + 0.003),
    ],
    [
      'restoreToWatchlist',
      'mutation ($entries: [RemovedEntryInput!]!) { restoreToWatchlist(entries: $entries) { watched } }',
      { entries: Array(7).fill({ movieId: '1', addedAt: '2026-01-02T03:04:05Z', watched: false }) },
      20 + 20 + 7 * (2 + 0.1),
    ],
    // 20 for a change whose field states no price.
    ['a change', 'mutation { a: setFeedback(movieId: "1", signal: LIKE) { id } b: stopSharingWatchlist }', {}, 20 + 2 * 20 + 0.1],
    // 2,500 for an import, and 3 for a kilobyte.
    ['an import', IMPORT, { text: 'x'.repeat(10_000) }, 20 + 2_500 + 30 + 0.1],
    ['the largest import', IMPORT, { text: 'x'.repeat(10_000_000) }, 20 + 2_500 + 6_000 + 0.1],
  ])('%s is its greatest length times its entries', (_, query, variables, cost) => {
    expect(costOf(query, variables)).toBeCloseTo(cost, 9);
  });

  it('is the same when a fragment is used below two lists of different lengths', () => {
    const document = parse(
      'query { a: searchMovies(query: "a", first: 3) { ...C } b: searchMovies(query: "a", first: 9) { ...C } } fragment C on MovieConnection { nodes { title } }',
    );
    const [operation] = document.definitions;
    if (operation.kind !== 'OperationDefinition') throw new Error('expected an operation');
    expect(operationCost(schema, document, operation, {})).toBeCloseTo(20 + 2 * 55 + 0.1 * (1 + 3 + 1 + 9), 9);
  });
});

/** The fields that lead to a type, at any distance. */
function fieldsAbove(typeName: string): GraphQLField<unknown, unknown>[] {
  const found = new Set<GraphQLField<unknown, unknown>>();
  const names = [typeName];
  for (const name of names) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      for (const field of Object.values(type.getFields())) {
        if (String(field.type).replace(/[[\]!]/g, '') !== name || found.has(field)) continue;
        found.add(field);
        names.push(type.name);
      }
    }
  }
  return [...found];
}
