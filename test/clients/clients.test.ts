import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { generate } from '@graphql-codegen/cli';
import { createClient, fetchExchange } from '@urql/core';
import { getIntrospectionQuery } from 'graphql';
import { ClientError, GraphQLClient } from 'graphql-request';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../fixture-movies.ts';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from '../fixture-release.ts';
import { type ViewerApp, viewerApp } from '../viewer-app.ts';
import { run } from './run-command.ts';

const LIKED = String(FIXTURE_MOVIES[0].movieId);
const TOP = /* GraphQL */ `
  query Top($prefs: PreferencesInput, $first: Int! = 2) {
    recommendations(prefs: $prefs, first: $first) {
      nodes {
        score
        movie {
          id
          title
        }
      }
    }
  }
`;
const ADD = /* GraphQL */ `
  mutation Add($id: ID!) {
    addToWatchlist(movieId: $id) {
      watched
    }
  }
`;
const variables = { prefs: { likedMovieIds: [LIKED] } };
const TWO = { recommendations: { nodes: [expect.objectContaining({ score: expect.any(Number) }), expect.anything()] } };
const SIGNED_IN = { 'x-test-user': 'ada' };

/** What a client sent: the method, and whether the text of the document went along. */
interface Sent {
  method: string;
  hasText: boolean;
  status: number;
}

describe('clients of other people ask the running server', () => {
  let app: ViewerApp;
  let url: string;
  let sent: Sent[] = [];

  /** The platform's fetch, which remembers. */
  const watched: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const text = `${String(input)} ${String(init?.body ?? '')}`;
    sent.push({ method: init?.method ?? 'GET', hasText: /recommendations|addToWatchlist/.test(text), status: response.status });
    return response;
  };

  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
    url = `${await app.fastify.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
  });

  afterEach(() => {
    sent = [];
  });

  afterAll(() => app?.shutDown(0));

  describe('Apollo Client', () => {
    const clientOf = (...links: ApolloLink[]): ApolloClient =>
      new ApolloClient({
        cache: new InMemoryCache(),
        link: ApolloLink.from([...links, new HttpLink({ uri: url, fetch: watched, headers: SIGNED_IN })]),
      });

    it('queries, and changes something', async () => {
      const client = clientOf();
      expect((await client.query({ query: gql(TOP), variables })).data).toMatchObject(TWO);
      expect((await client.mutate({ mutation: gql(ADD), variables: { id: LIKED } })).data).toMatchObject({
        addToWatchlist: { watched: false },
      });
    });

    it('with automatic persisted queries sends the text once, then its hash by GET', async () => {
      const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
      const first = clientOf(new PersistedQueryLink({ sha256, useGETForHashedQueries: true }));
      expect((await first.query({ query: gql(TOP), variables })).data).toMatchObject(TWO);
      expect(sent.map(({ method, hasText }) => ({ method, hasText }))).toEqual([
        { method: 'GET', hasText: false },
        { method: 'POST', hasText: true },
      ]);
      sent = [];
      const second = clientOf(new PersistedQueryLink({ sha256, useGETForHashedQueries: true }));
      expect((await second.query({ query: gql(TOP), variables })).data).toMatchObject(TWO);
      expect(sent).toEqual([{ method: 'GET', hasText: false, status: 200 }]);
    });
  });

  describe('urql', () => {
    it('queries by POST and by GET', async () => {
      for (const preferGetMethod of [false, 'force'] as const) {
        const client = createClient({ url, fetch: watched, exchanges: [fetchExchange], preferGetMethod });
        const { data, error } = await client.query(TOP, variables).toPromise();
        expect(error).toBeUndefined();
        expect(data).toMatchObject(TWO);
      }
      expect(sent.map(({ method }) => method)).toEqual(['POST', 'GET']);
    });

    it('changes something, and shows the code of a refusal', async () => {
      const client = createClient({
        url,
        fetch: watched,
        exchanges: [fetchExchange],
        fetchOptions: { headers: SIGNED_IN },
        preferGetMethod: 'within-url-limit',
      });
      const { data } = await client.mutation(ADD, { id: LIKED }).toPromise();
      expect(data).toMatchObject({ addToWatchlist: { watched: false } });
      const { error } = await client.query(TOP, { ...variables, first: 1_000 }).toPromise();
      expect(error?.graphQLErrors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' }, message: expect.stringMatching(/^first/) });
    });
  });

  describe('graphql-request', () => {
    it('queries, changes something, and throws refusals with their code', async () => {
      const client = new GraphQLClient(url, { fetch: watched, headers: SIGNED_IN });
      expect(await client.request(TOP, variables)).toMatchObject(TWO);
      expect(await client.request(ADD, { id: LIKED })).toMatchObject({ addToWatchlist: { watched: false } });
      const refused = await client.request('{ movie(id: "1") { nothingOfTheKind } }').catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(ClientError);
      expect(refused).toMatchObject({ response: { status: 400, errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] } });
    });
  });

  describe('types from the address of the schema', () => {
    let folder: TemporaryFolder;

    beforeAll(async () => {
      folder = await temporaryFolder();
      await symlink(join(import.meta.dirname, '../../node_modules'), join(folder.path, 'node_modules'));
      await writeFile(join(folder.path, 'package.json'), '{ "type": "module" }');
    });

    afterAll(() => folder?.remove());

    const compile = (name: string): Promise<string> => run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', name], folder.path);

    it('GraphQL Code Generator', async () => {
      await mkdir(join(folder.path, 'codegen'));
      await writeFile(join(folder.path, 'codegen', 'top.graphql'), TOP);
      await generate(
        {
          schema: url,
          documents: join(folder.path, 'codegen', 'top.graphql'),
          generates: { [`${folder.path}/codegen/generated/`]: { preset: 'client', config: { documentMode: 'string' } } },
          silent: true,
        },
        true,
      );
      await writeFile(
        join(folder.path, 'codegen', 'use.ts'),
        `import type { TopQuery, TopQueryVariables } from './generated/graphql.ts';
export const variables: TopQueryVariables = { prefs: { likedMovieIds: ['1'] } };
// @ts-expect-error: no such preference
export const wrong: TopQueryVariables = { prefs: { likedFilms: ['1'] } };
export const titleOf = (data: TopQuery): string | undefined => data.recommendations.nodes[0]?.movie.title;
// @ts-expect-error: not asked for
export const yearOf = (data: TopQuery) => data.recommendations.nodes[0]?.movie.year;
`,
      );
      await writeFile(join(folder.path, 'codegen.json'), tsconfig('codegen/use.ts'));
      await compile('codegen.json');
    });

    it('gql.tada', async () => {
      await mkdir(join(folder.path, 'tada'));
      // As gql.tada's command does, which needs TypeScript 6 or older.
      const { data } = await new GraphQLClient(url).rawRequest(getIntrospectionQuery({ descriptions: false }));
      await writeFile(join(folder.path, 'tada', 'graphql-env.d.ts'), `export type introspection = ${JSON.stringify(data)};\n`);
      await writeFile(join(folder.path, 'tada.json'), tsconfig('tada/use.ts'));
      await writeFile(
        join(folder.path, 'tada', 'use.ts'),
        `import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';
const graphql = initGraphQLTada<{ introspection: introspection }>();
const Top = graphql(\`${TOP}\`);
export const variables: VariablesOf<typeof Top> = { prefs: { likedMovieIds: ['1'] } };
export const titleOf = (data: ResultOf<typeof Top>): string | undefined => data.recommendations.nodes[0]?.movie.title;
// @ts-expect-error: not asked for
export const yearOf = (data: ResultOf<typeof Top>) => data.recommendations.nodes[0]?.movie.year;
`,
      );
      await compile('tada.json');
    });
  });
});

function tsconfig(file: string): string {
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: [],
  };
  return JSON.stringify({ compilerOptions, files: [file] });
}
