import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENTS } from '../../test/access-table.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { send } from '../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../test/viewer-app.ts';
import type { DatabaseSettings } from '../database/database.ts';
import { createSchema } from './schema.ts';

const NUL = '"\\u0000"';
/** The contents of files are read by whoever reads files. */
const FILES = ['importHistory.text', 'importFiles.files'];

/** The argument with NUL for every text in it; undefined when it holds none. */
function nulOf(type: GraphQLInputType, depth = 0): string | undefined {
  if (isNonNullType(type)) return nulOf(type.ofType, depth);
  if (isListType(type)) {
    const entry = nulOf(type.ofType, depth);
    return entry === undefined ? undefined : `[${entry}]`;
  }
  if (!isInputObjectType(type)) return ['ID', 'String'].includes(getNamedType(type).name) ? NUL : undefined;
  if (depth > 3) return undefined;
  const fields = Object.values(type.getFields());
  const first = fields.find((field) => nulOf(field.type, depth + 1) !== undefined);
  if (first === undefined) return undefined;
  const needed = fields.filter((field) => field !== first && isNonNullType(field.type) && field.defaultValue === undefined);
  return `{ ${first.name}: ${nulOf(first.type, depth + 1)} ${needed.map((field) => `${field.name}: ${validOf(field.type)}`).join(' ')} }`;
}

function validOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return validOf(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0].name;
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
    return `{ ${needed.map((field) => `${field.name}: ${validOf(field.type)}`).join(' ')} }`;
  }
  return { Boolean: 'true', Int: '1', Float: '1', DateTime: '"2020-01-02T03:04:05Z"' }[type.name] ?? '"1"';
}

function callWith(field: GraphQLField<unknown, unknown>, nul: GraphQLArgument): string {
  const needed = field.args.filter((arg) => arg !== nul && isNonNullType(arg.type) && arg.defaultValue === undefined);
  const args = [`${nul.name}: ${nulOf(nul.type)}`, ...needed.map((arg) => `${arg.name}: ${validOf(arg.type)}`)].join(', ');
  return `${field.name}(${args})${isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''}`;
}

/** Every argument of the schema that can hold text, with a document that sends NUL in it. */
const CASES: [name: string, document: string][] = Object.values(createSchema().getTypeMap()).flatMap((type) =>
  isObjectType(type) && DOCUMENTS[type.name] !== undefined
    ? Object.values(type.getFields()).flatMap((field) =>
        field.args
          .filter((arg) => nulOf(arg.type) !== undefined && !FILES.includes(`${field.name}.${arg.name}`))
          .map((arg): [string, string] => [`${type.name}.${field.name}(${arg.name})`, DOCUMENTS[type.name](callWith(field, arg))]),
      )
    : [],
);

const program = findPostgres();

for (const kind of ['SQLite', 'PostgreSQL']) {
  const isSkipped = kind === 'PostgreSQL' && program.path === undefined;
  describe.skipIf(isSkipped)(`text with a NUL character, on ${kind}${isSkipped ? ` (${program.hint})` : ''}`, () => {
    let postgres: RealPostgres | undefined;
    let app: ViewerApp;
    beforeAll(async () => {
      let database: DatabaseSettings = { kind: 'sqlite', file: ':memory:' };
      if (kind === 'PostgreSQL' && program.path !== undefined) {
        postgres = await startPostgres(program.path);
        database = { kind: 'postgres', url: await postgres.createDatabase('nul'), poolSize: 4 };
      }
      const snapshot = await fixtureSnapshot();
      app = await viewerApp(() => snapshot, { database });
      await app.viewer('ann').ask('mutation { addToWatchlist(movieId: "2571") { addedAt } }');
    });
    afterAll(async () => {
      await app?.shutDown(0);
      await postgres?.stop();
    });
    const ask = (query: string, variables?: Record<string, unknown>) =>
      send(app, query, variables, { ...app.viewer('ann').headers, 'x-test-role': 'owner' });

    it('is refused in every argument', async () => {
      expect(CASES.length).toBeGreaterThan(50);
      const refusals: [string, unknown, unknown][] = [];
      for (const [name, document] of CASES) {
        const { status, errors } = await ask(document);
        refusals.push([name, status, errors?.map(({ extensions }) => extensions.code)]);
      }
      expect(refusals).toEqual(CASES.map(([name]) => [name, 200, ['BAD_USER_INPUT']]));
    });

    it('is named by its place', async () => {
      const { errors } = await ask('query ($ids: [ID!]!) { movies(ids: $ids) { id } }', { ids: ['1', 'a\0b'] });
      expect(errors?.[0]).toMatchObject({ message: 'ids[1]: has a NUL character', extensions: { argument: 'ids[1]' } });
    });

    it('is taken in files, whose reader leaves it out', async () => {
      const text = 'Name,Year\nMat\0rix,1999\nAlien,1979\n';
      const query = 'mutation ($text: String!) { importHistory(text: $text) { rowCount } }';
      expect(await ask(query, { text })).toMatchObject({ status: 200, data: { importHistory: { rowCount: 2 } } });
      const files = [{ name: 'a\0b.csv', base64: Buffer.from(text).toString('base64') }];
      const several = 'mutation ($files: [HistoryFileInput!]!) { importFiles(files: $files) { rowCount } }';
      expect(await ask(several, { files })).toMatchObject({ status: 200, data: { importFiles: { rowCount: 2 } } });
      expect(await ask('{ viewer { imports { files changeCount } } }')).toMatchObject({ status: 200, data: { viewer: {} } });
    });

    it('is nothing that an address finds', async () => {
      for (const url of [
        '/hooks/%00',
        '/movie/%00',
        '/lists/%00',
        '/posters/w342/%00',
        '/assets/%00',
        '/api/auth/%00',
        '/sitemap-%00.xml',
      ]) {
        const method = url.startsWith('/hooks') ? 'POST' : 'GET';
        const { statusCode } = await app.fastify.inject({ method, url, headers: app.viewer('ann').headers });
        expect([url, statusCode]).toEqual([url, 404]);
      }
    });
  });
}
