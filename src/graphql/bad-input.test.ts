import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { send, type TestApp, testApp } from '../../test/running-app.ts';

const weird = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '2571',
    'Sci-Fi',
    'netflix',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    '٣',
    'p1|fixture-1|x|1',
    '💥'.repeat(50),
  ),
  fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('2571', '1214', 'Action', null, 7)), { maxLength: 6 }),
  fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), { maxKeys: 3 }),
);
const prefs = fc.oneof(
  weird,
  fc.record(
    {
      likedMovieIds: weird,
      dislikedMovieIds: weird,
      notInterestedMovieIds: weird,
      preferredGenres: weird,
      genreMatch: weird,
      services: weird,
      runtimeMin: weird,
      runtimeMax: weird,
      yearMin: weird,
      yearMax: weird,
      languages: weird,
    },
    { requiredKeys: [] },
  ),
);

const RECOMMENDATIONS =
  'query ($prefs: PreferencesInput, $mode: RecommendationMode! = FOR_YOU, $first: Int! = 3, $after: String) { recommendations(prefs: $prefs, mode: $mode, first: $first, after: $after) { totalCount nodes { explanation movie { title } } } }';
const SEARCH =
  'query ($query: String!, $filter: MovieFilterInput, $first: Int! = 3, $after: String) { searchMovies(query: $query, filter: $filter, first: $first, after: $after) { nodes { title } } }';
const MOVIES =
  'query ($id: ID!, $ids: [ID!]!, $width: Int! = 3, $first: Int! = 2) { movie(id: $id) { posterUrl(width: $width) similar(first: $first) { score } } movies(ids: $ids) { id } }';

describe('whatever is sent', () => {
  let app: TestApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  /** No answer is our mistake: every error has a code that says whose it is, and no stack. */
  const expectSensible = async (query: string, variables: Record<string, unknown>): Promise<void> => {
    const { status, errors = [] } = await send(app, query, variables);
    expect(status).toBeLessThan(500);
    for (const { message, extensions } of errors) {
      expect(extensions.code, message).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED)$/);
      expect(extensions).not.toHaveProperty('stacktrace');
    }
  };

  it('recommendations answers or says what is wrong', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({ prefs, mode: fc.oneof(weird, fc.constant('TRENDING')), first: weird, after: weird }, { requiredKeys: [] }),
        (variables) => expectSensible(RECOMMENDATIONS, variables),
      ),
      { numRuns: 400 },
    ));

  it('searchMovies answers or says what is wrong', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record(
          { query: fc.oneof(weird, fc.string({ unit: 'grapheme' })), filter: fc.oneof(weird, prefs), first: weird, after: weird },
          { requiredKeys: ['query'] },
        ),
        (variables) => expectSensible(SEARCH, variables),
      ),
      { numRuns: 300 },
    ));

  it('movie and movies answer or say what is wrong', () =>
    fc.assert(
      fc.asyncProperty(fc.record({ id: weird, ids: weird, width: weird, first: weird }, { requiredKeys: ['id', 'ids'] }), (variables) =>
        expectSensible(MOVIES, variables),
      ),
      { numRuns: 200 },
    ));

  it('documents that are none are refused as such', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom('{', '}', '(', ')', '$', '@', 'query', ' movie', '"', '...', ':', '#', '\n') }),
        ),
        async (query) => {
          const { status, errors } = await send(app, query);
          expect(status).toBe(400);
          expect(errors?.[0].extensions.code).toMatch(
            /^(GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED|OPERATION_RESOLUTION_FAILURE|BAD_REQUEST)$/,
          );
        },
      ),
      { numRuns: 200 },
    ));
});
