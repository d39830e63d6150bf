import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../src/database/database.ts';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from './openid-provider.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { findPostgres, type RealPostgres, startPostgres } from './real-servers/postgres.ts';

const PASSWORD = 'correct horse battery staple';
const WRONG = 'a password that is wrong';

/** A browser that stores cookies and collects every secret in an answer. */
class Browser {
  readonly secrets = new Set<string>();
  readonly #cookies = new Map<string, string>();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async send(path: string, body?: object, headers: Record<string, string> = {}) {
    const response = await fetch(new URL(path, this.#url), {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        origin: this.#url,
        'content-type': 'application/json',
        cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; '),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
      for (const secret of [value, decodeURIComponent(value), ...decodeURIComponent(value).split('.')])
        if (secret !== '') this.secrets.add(secret);
    }
    const text = await response.text();
    const json = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
    for (const name of ['token', 'key']) if (typeof json?.[name] === 'string') this.secrets.add(json[name]);
    const location = response.headers.get('location') ?? undefined;
    return { status: response.status, json, location };
  }
}

/** Runs every operation of accounts, with valid and invalid input. Returns the secrets that were used. */
async function useAccounts(url: string, database: Database, provider: OpenIdProvider): Promise<Set<string>> {
  const browser = new Browser(url);
  const { secrets } = browser;
  // An address is no secret, and still not for the log.
  for (const secret of [PASSWORD, WRONG, CLIENT.clientSecret, 'ann@films.test']) secrets.add(secret);
  const ann = { email: 'ann@films.test', name: 'Ann', password: PASSWORD };
  await browser.send('/api/auth/sign-in/anonymous', {});
  expect((await browser.send('/api/auth/sign-up/email', ann)).status).toBe(200);
  await browser.send('/api/auth/sign-up/email', ann);
  await browser.send('/api/auth/sign-up/email', { ...ann, email: 'no address' });
  await browser.send(`/api/auth/sign-in/email?password=${encodeURIComponent(PASSWORD)}`, { email: ann.email });
  expect((await browser.send('/api/auth/sign-in/email', { ...ann, password: WRONG })).status).toBe(401);
  await browser.send('/api/auth/sign-in/email', ann, { origin: 'https://evil.test' });
  expect((await browser.send('/api/auth/sign-in/email', ann)).status).toBe(200);
  await browser.send('/api/auth/change-password', { currentPassword: WRONG, newPassword: `${PASSWORD} 2` });

  const { token } = (await browser.send('/api/auth/token')).json;
  const { key } = (await browser.send('/api/auth/api-key/create', { name: 'a program', configId: 'write' })).json;
  const like = { query: 'mutation { setFeedback(movieId: "2571", signal: LIKE) { viewerFeedback } }' };
  for (const headers of [{}, { authorization: `Bearer ${token}` }, { 'x-api-key': key }])
    expect((await browser.send('/graphql', like, headers)).json).toEqual({ data: { setFeedback: { viewerFeedback: 'LIKE' } } });
  const wrong = { authorization: `Bearer ${token.slice(0, -8)}AAAAAAAA`, 'x-api-key': `${key.slice(0, -1)}-` };
  for (const [name, value] of Object.entries(wrong)) {
    secrets.add(value.replace('Bearer ', ''));
    expect((await browser.send('/graphql', like, { [name]: value })).status).toBe(401);
  }
  await browser.send(`/graphql?query={viewer{id}}&token=${token}`, undefined, { 'apollo-require-preflight': '1' });
  await browser.send(`/api/auth/nothing/here?key=${key}`);

  const other = new Browser(url);
  const begun = await other.send('/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' });
  const page = new URL(begun.json.url);
  const back = (await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '';
  expect((await other.send(back)).location).toBe('/');
  await other.send(back);
  for (const { code = '', code_verifier = '' } of provider.tokenRequests) secrets.add(code).add(code_verifier);
  secrets.add(page.searchParams.get('state') ?? '').add(page.searchParams.get('nonce') ?? '');
  for (const secret of other.secrets) secrets.add(secret);

  for (const table of ['account', 'session', 'apikey', 'jwks', 'verification'].map((name) => `cinematch_${name}`)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(database.kysely);
    for (const row of rows)
      for (const name of ['password', 'token', 'key', 'privateKey']) if (typeof row[name] === 'string') secrets.add(row[name]);
  }
  // The database fails during a request.
  await sql`alter table cinematch_session rename to mislaid`.execute(database.kysely);
  expect((await browser.send('/api/auth/sign-in/email', ann)).status).toBe(500);
  const failed = await browser.send('/graphql', like);
  expect(failed.json.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
  await sql`alter table mislaid rename to cinematch_session`.execute(database.kysely);
  expect((await browser.send('/api/auth/delete-user', { password: WRONG })).status).toBe(400);
  expect((await browser.send('/api/auth/delete-user', { password: PASSWORD })).status).toBe(200);
  return secrets;
}

function accountLogContract(
  settings: (folder: string) => Promise<Record<string, string>>,
  open: (environment: Record<string, string>) => Database,
): void {
  let folder: TemporaryFolder;
  let provider: OpenIdProvider;
  let server: RunningServer;
  let database: Database;
  beforeAll(async () => {
    folder = await temporaryFolder();
    provider = await startOpenIdProvider();
    const environment = await settings(folder.path);
    server = await startServer(folder.path, {
      // The only owner cannot delete the account.
      OWNER_EMAIL: 'owner@example.org',
      LOG_LEVEL: 'trace',
      OIDC_DISCOVERY_URL: provider.discoveryUrl,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
      PUBLIC_URL: '',
      ...environment,
    });
    database = open(environment);
  });
  afterAll(async () => {
    await server?.end();
    await database?.close();
    await provider?.stop();
    await folder?.remove();
  });

  it('holds no password, token, key, code, secret or e-mail address', async () => {
    const secrets = await useAccounts(server.url, database, provider);
    secrets.add((await readFile(`${folder.path}/data/auth-secret`, 'utf8')).trim());
    const output = server.output();
    for (const line of ['/api/auth/sign-up/email', '/api/auth/callback/oidc', '"status":401', '"status":500', 'a resolver failed'])
      expect(output).toContain(line);
    expect(secrets.size).toBeGreaterThan(20);
    expect([...secrets].filter((secret) => secret.length < 8)).toEqual([]);
    expect([...secrets].filter((secret) => output.includes(secret) || output.includes(encodeURIComponent(secret)))).toEqual([]);
    // The auth library prints nothing of its own beside the log.
    const foreign = output.split('\n').filter((line) => line !== '' && !line.startsWith('{"level":'));
    expect(foreign).toEqual([]);
  });
}

describe('the log of the server on SQLite', () => {
  accountLogContract(
    async (folder) => ({ DATA_DIR: `${folder}/data` }),
    ({ DATA_DIR }) => openDatabase({ kind: 'sqlite', file: `${DATA_DIR}/cinematch.sqlite` }),
  );
});

const { path: postgresPath, hint } = findPostgres();
describe.skipIf(postgresPath === undefined)(`the log of the server on PostgreSQL (${hint})`, () => {
  let postgres: RealPostgres;
  afterAll(() => postgres?.stop());
  accountLogContract(
    async () => {
      postgres = await startPostgres(postgresPath ?? '');
      return { DATABASE_URL: await postgres.createDatabase('logs') };
    },
    ({ DATABASE_URL = '' }) => openDatabase({ kind: 'postgres', url: DATABASE_URL, poolSize: 2 }),
  );
});
