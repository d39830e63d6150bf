import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLField, type GraphQLObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../fixture-movies.ts';
import { fixtureSnapshot } from '../fixture-release.ts';
import { type TestViewer, type ViewerApp, viewerApp } from '../viewer-app.ts';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const types = Object.values(schema.getTypeMap()).filter(isObjectType);

/** Every field that returns a connection, as `Type.field`. */
const fields = types.flatMap((type) =>
  Object.values(type.getFields()).flatMap((field) =>
    /Connection!?$/.test(String(field.type)) ? [{ name: `${type.name}.${field.name}`, field }] : [],
  ),
);

const typeOf = (type: GraphQLObjectType, field: string): string => String(type.getFields()[field]?.type);

// https://relay.dev/graphql/connections.htm
describe("Relay's rules of connections in the schema", () => {
  const connections = types.filter(({ name }) => name.endsWith('Connection'));

  it('there are as many as we know', () => {
    expect(connections.map(({ name }) => name).sort()).toEqual([
      'AccountConnection',
      'AuditConnection',
      'GroupRecommendationConnection',
      'MovieConnection',
      'PlayConnection',
      'RatingConnection',
      'RecommendationConnection',
      'WatchlistConnection',
    ]);
    expect(fields).toHaveLength(9);
  });

  it.each(connections.map((type) => ({ name: type.name, type })))('$name has pageInfo and edges', ({ type }) => {
    expect(typeOf(type, 'pageInfo')).toBe('PageInfo!');
    const edge = schema.getType(typeOf(type, 'edges').replace(/[[\]!]/g, ''));
    if (!isObjectType(edge)) throw new Error(`${type.name}.edges is no list of objects`);
    expect(edge.name).toMatch(/Edge$/);
    expect(typeOf(edge, 'cursor')).toBe('String!');
    // A node is an object, never a list.
    expect(typeOf(edge, 'node')).toMatch(/^\w+!?$/);
  });

  it('PageInfo has the four fields', () => {
    const pageInfo = schema.getType('PageInfo');
    if (!isObjectType(pageInfo)) throw new Error('PageInfo is no object type');
    expect(['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'].map((field) => typeOf(pageInfo, field))).toEqual([
      'Boolean!',
      'Boolean!',
      'String',
      'String',
    ]);
  });

  it.each(fields)('$name pages forward', ({ field }) => {
    const argument = (name: string): string => String(argumentOf(field, name)?.type);
    expect(argument('first')).toBe('Int!');
    expect(argument('after')).toBe('String');
    expect(argumentOf(field, 'first')?.defaultValue).toBeTypeOf('number');
  });
});

function argumentOf(field: GraphQLField<unknown, unknown>, name: string) {
  return field.args.find((argument) => argument.name === name);
}

interface Page {
  edges: { cursor: string; node: object }[];
  nodes: object[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

describe("Relay's rules of connections in the answers", () => {
  let app: ViewerApp;
  let viewer: TestViewer;

  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
    viewer = app.viewer('ada');
    for (const { movieId } of FIXTURE_MOVIES.slice(0, 7)) {
      await viewer.ask('mutation ($id: ID!) { addToWatchlist(movieId: $id) { addedAt } }', { id: String(movieId) });
      await viewer.ask('mutation ($id: ID!) { rateMovie(movieId: $id, stars: 3) { id } }', { id: String(movieId) });
      await viewer.ask('mutation ($id: ID!) { addPlay(movieId: $id) { id } }', { id: String(movieId) });
    }
  });

  afterAll(() => app?.shutDown(0));

  const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
  const likes = (place: number): string => `{ likedMovieIds: ["${FIXTURE_MOVIES[place].movieId}"] }`;
  const lists = [
    { name: 'Query.recommendations', open: `recommendations(prefs: ${likes(0)}, `, close: '', node: 'movie { id }' },
    {
      name: 'Query.groupRecommendations',
      open: `groupRecommendations(members: [${likes(0)}, ${likes(1)}], `,
      close: '',
      node: 'movie { id }',
    },
    { name: 'Query.catalogMovies', open: 'catalogMovies(', close: '', node: 'id' },
    { name: 'Query.searchMovies', open: 'searchMovies(query: "the", ', close: '', node: 'id' },
    { name: 'Viewer.watchlist', open: 'viewer { watchlist(', close: ' }', node: 'movie { id }' },
    { name: 'Viewer.ratings', open: 'viewer { ratings(', close: ' }', node: 'movie { id }' },
    { name: 'Viewer.plays', open: 'viewer { plays(', close: ' }', node: 'id' },
  ];

  it('tries every connection of the schema but those of administration: this app has no accounts', () => {
    const tried = fields.map(({ name }) => name).filter((name) => !name.startsWith('Admin.'));
    expect(lists.map(({ name }) => name).sort()).toEqual(tried.sort());
  });

  describe.each(lists)('$name', ({ open, close, node }) => {
    const query = (first: number): string =>
      `query ($after: String) { ${open}first: ${first}, after: $after) { ${PAGE} edges { cursor node { ${node} } } nodes { ${node} } }${close} }`;
    const page = async (first: number, after?: string | null): Promise<Page> => {
      let data: unknown = await viewer.ask(query(first), { after: after ?? null });
      while (typeof data === 'object' && data !== null && !('edges' in data)) data = Object.values(data)[0];
      return data as Page;
    };

    it('small pages joined are the one large page', async () => {
      const whole = await page(100);
      expect(whole.edges.length).toBeGreaterThan(3);
      const joined: Page['edges'] = [];
      let after: string | null = null;
      for (;;) {
        const part: Page = await page(2, after);
        expect(part.edges.length).toBeLessThanOrEqual(2);
        expect(part.nodes).toEqual(part.edges.map((edge) => edge.node));
        expect(part.pageInfo.startCursor).toBe(part.edges[0].cursor);
        expect(part.pageInfo.endCursor).toBe(part.edges.at(-1)?.cursor);
        expect(part.pageInfo.hasPreviousPage).toBe(after !== null);
        joined.push(...part.edges);
        expect(part.pageInfo.hasNextPage).toBe(joined.length < whole.edges.length);
        if (!part.pageInfo.hasNextPage) break;
        after = part.pageInfo.endCursor;
      }
      expect(joined.map((edge) => edge.node)).toEqual(whole.edges.map((edge) => edge.node));
      expect(new Set(joined.map(({ cursor }) => cursor)).size).toBe(joined.length);
    });

    it('a cursor of the middle begins after its node', async () => {
      const whole = await page(100);
      const rest = await page(100, whole.edges[1].cursor);
      expect(rest.edges.map((edge) => edge.node)).toEqual(whole.edges.slice(2).map((edge) => edge.node));
    });

    it('after the last node there is an empty page', async () => {
      const whole = await page(100);
      const end = await page(5, whole.pageInfo.endCursor);
      expect(end.edges).toEqual([]);
      expect(end.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null });
    });

    it.each([0, -1, 101])('first: %i is refused by name', async (first) => {
      expect(await viewer.refusal(query(first))).toMatchObject({
        extensions: { code: 'BAD_USER_INPUT' },
        message: expect.stringMatching(/^first/),
      });
    });

    it('what is no cursor is refused by name', async () => {
      const refused = await viewer.refusal(query(2), { after: 'not a cursor' });
      expect(refused).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' }, message: expect.stringMatching(/^after/) });
    });
  });
});
