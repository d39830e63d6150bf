import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { send, type TestApp, testApp } from '../../test/running-app.ts';

describe('what graphql-js finds wrong while it executes', () => {
  let app: TestApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  it.each([
    ['query ($n: Int) { searchMovies(query: "matrix", first: $n) { totalCount } }', { n: null }, /"first" of non-null type "Int!"/],
    ['query ($m: RecommendationMode) { recommendations(mode: $m) { totalCount } }', { m: null }, /"mode" of non-null type/],
    ['query ($i: ID = "1") { movie(id: $i) { title } }', { i: null }, /"id" of non-null type "ID!"/],
    ['query ($b: Boolean = true) { catalog { version @include(if: $b) } }', { b: null }, /"if" of non-null type "Boolean!"/],
    ['query ($b: Boolean = true) { catalog @include(if: $b) { version } }', { b: null }, /"if" of non-null type "Boolean!"/],
  ])('is the mistake of the caller: %s', async (query, variables, message) => {
    app.logged.length = 0;
    const { errors } = await send(app, query, variables);
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } })]);
    expect(app.logged.filter(({ level }) => level === 50)).toEqual([]);
  });
});
