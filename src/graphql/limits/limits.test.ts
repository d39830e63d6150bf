import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask, DEFAULT_LIMITS, refusal, send, type TestApp, testApp } from '../../../test/running-app.ts';

const nested = (levels: number): string =>
  `{ movie(id: "1") { ${'similar(first: 1) { movie { '.repeat(levels)} id ${'} }'.repeat(levels)} } }`;

describe('the limits', () => {
  let app: TestApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  it('let a whole page of the app pass, edges and nodes alike', async () => {
    const movie =
      'movie { id title year runtime overview posterUrl genres { id name } services { id name } cast directors keywords similar(first: 5) { score explanation movie { id title year posterUrl } } }';
    const node = `score explanation reasons { kind label contribution movie { id title } } ${movie}`;
    const { recommendations } = await ask<{ recommendations: { nodes: unknown[] } }>(
      app,
      `{ recommendations(first: 20, prefs: { likedMovieIds: ["2571"] }) { totalCount nodes { ${node} } edges { cursor node { score } } pageInfo { endCursor } } genres { id name } services { id name } catalog { version } }`,
    );
    expect(recommendations.nodes).toHaveLength(20);
  });

  it('let GraphiQL ask for the schema', async () => {
    const { __schema } = await ask<{ __schema: { types: unknown[] } }>(
      app,
      getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true }),
    );
    expect(__schema.types.length).toBeGreaterThan(20);
  });

  describe('on depth', () => {
    it('count twelve levels and no more', async () => {
      expect((await send(app, nested(5))).errors).toBeUndefined();
      const error = await refusal(app, nested(6));
      expect(error).toMatchObject({ status: 400, extensions: { code: 'QUERY_TOO_DEEP', found: 14, max: 12 } });
    });

    it('look through fragments and inline fragments', async () => {
      const chain = Array.from({ length: 7 }, (_, i) => `fragment F${i} on Movie { similar(first: 1) { movie { ...F${i + 1} } } }`).join(
        ' ',
      );
      expect((await refusal(app, `{ movie(id: "1") { ...F0 } } ${chain} fragment F7 on Movie { id }`)).extensions.code).toBe(
        'QUERY_TOO_DEEP',
      );
      const inline = `{ movie(id: "1") { ${'... on Movie { similar(first: 1) { ... { movie { '.repeat(6)} id ${'} } } }'.repeat(6)} } }`;
      expect((await refusal(app, inline)).extensions.code).toBe('QUERY_TOO_DEEP');
    });

    it('leave circles of fragments to validation', async () => {
      const { status, errors } = await send(
        app,
        '{ movie(id: "1") { ...A } } fragment A on Movie { similar { movie { ...B } } } fragment B on Movie { similar { movie { ...A } } }',
      );
      expect(status).toBe(400);
      expect(errors?.[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    });
  });

  describe('on complexity', () => {
    const similar = (first: string) =>
      `${first === '$n' ? 'query ($n: Int! = 100)' : ''} { recommendations(first: ${first}) { nodes { movie { similar(first: ${first}) { movie { similar(first: ${first}) { score } } } } } } }`;

    it('multiply what is below a list by its length, written, by default or by variable', async () => {
      for (const [query, variables] of [
        [similar('100'), undefined],
        [similar('$n'), undefined],
        [similar('$n'), { n: 80 }],
        ['{ recommendations { nodes { movie { similar { movie { similar { movie { title } } } } } } } }', undefined],
      ] as const) {
        expect(await refusal(app, query, variables)).toMatchObject({ status: 400, extensions: { code: 'QUERY_TOO_COMPLEX', max: 10_000 } });
      }
      expect((await send(app, similar('$n'), { n: 2 })).errors).toBeUndefined();
    });

    it('count the length of a list of ids', async () => {
      const ids = Array.from({ length: 500 }, (_, i) => String(i + 1));
      const query = 'query ($ids: [ID!]!) { movies(ids: $ids) { similar(first: 1) { score } } }';
      expect((await refusal(app, query, { ids })).extensions.code).toBe('QUERY_TOO_COMPLEX');
      expect((await send(app, query, { ids: ids.slice(0, 5) })).errors).toBeUndefined();
    });

    it('cannot be hidden in fragments, nor made to take long by fragments that double', async () => {
      const doubling = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Movie { ...F${i + 1} ...F${i + 1} }`).join(' ');
      const started = performance.now();
      const error = await refusal(app, `{ movie(id: "1") { ...F0 } } ${doubling} fragment F40 on Movie { genres { name } }`);
      expect(error.extensions.code).toMatch(/^(QUERY_TOO_COMPLEX|GRAPHQL_VALIDATION_FAILED)$/);
      expect(performance.now() - started).toBeLessThan(2_000);
    });

    it('are not lowered by a negative `first` beside an expensive field', async () => {
      const dear = 'nodes { movie { similar(first: 100) { movie { similar { score } } } } }';
      for (const cheap of ['recommendations(first: -100000)', 'searchMovies(query: "a", first: -100000)']) {
        const query = `{ a: recommendations(first: 100) { ${dear} } b: ${cheap} { totalCount pageInfo { endCursor } } }`;
        expect((await refusal(app, query)).extensions.code).toBe('QUERY_TOO_COMPLEX');
      }
      const nested =
        '{ movie(id: "1") { a: similar(first: 100) { movie { similar(first: 100) { score } } } b: similar(first: -100000) { score } c: similar(first: 100) { movie { similar(first: 100) { score } } } } }';
      expect((await refusal(app, nested)).extensions.code).toBe('QUERY_TOO_COMPLEX');
    });

    it('leave a `first` out of range to the clearer error', async () => {
      expect((await refusal(app, '{ recommendations(first: 100000) { totalCount } }')).extensions.code).toBe('BAD_USER_INPUT');
    });
  });

  it.each([
    [nested(6), 'The operation is nested 14 levels; at most 12 are allowed.'],
    [
      `{ movie(id: "1") { ${Array.from({ length: 31 }, (_, i) => `a${i}: id`).join(' ')} } }`,
      'The operation has 31 aliases; at most 30 are allowed.',
    ],
    [
      `{ ${'...A '.repeat(21)} } fragment A on Query { catalog { version } }`,
      'The operation has 21 fields at its top level; at most 20 are allowed.',
    ],
    [`{ catalog { ${'... @include(if: true) { version } '.repeat(51)} } }`, 'The operation has 51 directives; at most 50 are allowed.'],
  ])('say what is too much: %#', async (query, message) => {
    expect((await refusal(app, query)).message).toBe(message);
  });

  it('on aliases: thirty and no more, also through fragments', async () => {
    const aliases = (n: number, field: string) => Array.from({ length: n }, (_, i) => `a${i}: ${field}`).join(' ');
    expect((await send(app, `{ movie(id: "1") { ${aliases(30, 'title')} } }`)).errors).toBeUndefined();
    expect((await refusal(app, `{ movie(id: "1") { ${aliases(31, 'title')} } }`)).extensions).toMatchObject({
      code: 'TOO_MANY_ALIASES',
      found: 31,
      max: 30,
    });
    const spread = `{ a: movie(id: "1") { ...T } b: movie(id: "1") { ...T } } fragment T on Movie { ${aliases(15, 'title')} }`;
    expect((await refusal(app, spread)).extensions.code).toBe('TOO_MANY_ALIASES');
  });

  it('on fields at the top level: twenty and no more', async () => {
    const roots = (n: number) => `{ ${Array.from({ length: n }, (_, i) => `a${i}: catalog { version }`).join(' ')} }`;
    expect((await send(app, roots(20))).errors).toBeUndefined();
    expect((await refusal(app, roots(21))).extensions.code).toBe('TOO_MANY_ROOT_FIELDS');
    const hidden = `{ ...R ...R } fragment R on Query { ${Array.from({ length: 11 }, (_, i) => `a${i}: catalog { version }`).join(' ')} }`;
    expect((await refusal(app, hidden)).extensions.code).toBe('TOO_MANY_ROOT_FIELDS');
  });

  it('on directives: fifty and no more', async () => {
    const directives = (n: number) => `{ catalog { ${'... @include(if: true) { version } '.repeat(n)} } }`;
    expect((await send(app, directives(50))).errors).toBeUndefined();
    expect((await refusal(app, directives(51))).extensions).toMatchObject({ code: 'TOO_MANY_DIRECTIVES', found: 51, max: 50 });
  });

  it('tell the price when they are asked for it, and only then', async () => {
    const extensionsOf = async (asked: object | undefined): Promise<unknown> =>
      (
        await app.fastify.inject({
          method: 'POST',
          url: '/graphql',
          payload: { query: '{ catalog { version movieCount } }', extensions: asked },
        })
      ).json().extensions;
    expect(await extensionsOf({ cost: true })).toEqual({ cost: { price: 20.3, maxPrice: 10_000 } });
    for (const asked of [undefined, {}, { cost: false }, { cost: 'true' }]) expect(await extensionsOf(asked)).toBeUndefined();
  });

  it('on complexity: an operation of just the greatest price runs, and one that costs a tenth more does not', async () => {
    const snapshot = await fixtureSnapshot();
    const strict = await testApp(() => snapshot, {
      graphql: { introspection: true, defaultRegion: 'US', maxTokens: 2_000, limits: { ...DEFAULT_LIMITS, maxComplexity: 20.2 } },
    });
    expect((await send(strict, '{ catalog { version } }')).errors).toBeUndefined();
    expect((await refusal(strict, '{ catalog { version movieCount } }')).extensions).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      cost: 20.3,
      max: 20.2,
    });
    await strict.shutDown(0);
  });

  it('on directives: a flood of them is refused', async () => {
    const flood = Array.from({ length: 51 }, () => '... @include(if: true) { version }').join(' ');
    expect((await refusal(app, `{ catalog { ${flood} } }`)).extensions.code).toBe('TOO_MANY_DIRECTIVES');
    const { status, errors } = await send(app, `{ catalog { version ${'@skip(if: false)'.repeat(40)} } }`);
    expect([status, errors?.[0].extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
  });

  it('on the length of a document: parsing stops at the 2,000th token', async () => {
    const { status, errors } = await send(app, `{ ${'catalog { version } '.repeat(600)} }`);
    expect(status).toBe(400);
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
    expect(errors?.[0].message).toMatch(/2000 tokens/);
  });

  it('on brackets: what is nested a thousandfold neither runs nor breaks the parser', async () => {
    for (const query of [
      `{ movies(ids: ${'['.repeat(900)}${']'.repeat(900)}) { id } }`,
      `query ($x: ${'['.repeat(900)}Int${']'.repeat(900)}) { catalog { version } }`,
    ]) {
      const { status, errors } = await send(app, query);
      expect(status).toBe(400);
      expect(errors?.[0].extensions.code).not.toBe('INTERNAL_SERVER_ERROR');
    }
  });

  it('are each another number when they are configured so', async () => {
    const snapshot = await fixtureSnapshot();
    const strict = await testApp(() => snapshot, {
      graphql: {
        introspection: true,
        defaultRegion: 'US',
        maxTokens: 2_000,
        limits: { ...DEFAULT_LIMITS, maxDepth: 2, maxComplexity: 125 },
      },
    });
    expect((await refusal(strict, '{ recommendations { nodes { score } } }')).extensions.code).toBe('QUERY_TOO_DEEP');
    expect((await refusal(strict, '{ recommendations { totalCount } }')).extensions.code).toBe('QUERY_TOO_COMPLEX');
    expect((await send(strict, '{ recommendations(first: 5) { totalCount } }')).errors).toBeUndefined();
    await strict.shutDown(0);
  });
});
