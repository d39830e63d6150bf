import { join } from 'node:path';
import { symmetricDecrypt } from 'better-auth/crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { accountDataOf } from '../src/accounts/account-data.ts';
import { type Accounts, createAccounts } from '../src/accounts/accounts.ts';
import type { AttemptLimits } from '../src/accounts/attempt-limits.ts';
import type { AccountSettings } from '../src/accounts/auth.ts';
import type { Outbox } from '../src/accounts/post/outbox.ts';
import type { AppServices } from '../src/app/app.ts';
import { guestMerge } from '../src/app/guest-merge.ts';
import { limitedAuthenticate } from '../src/app/limited-authenticate.ts';
import { MIGRATIONS } from '../src/app/migrations.ts';
import { type Database, type DatabaseSettings, openDatabase } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { createExports } from '../src/library/export.ts';
import type { LibraryStore } from '../src/library/library-store.ts';
import { SqlLibraryStore } from '../src/library/sql-library-store.ts';
import { RateLimits } from '../src/rate-limit/rate-limits.ts';
import type { OperatorRules } from '../src/recommendations/operator-rules/operator-rules.ts';
import type { Snapshot } from '../src/recommendations/snapshot.ts';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { NO_METRICS, type RecordingMetrics, recordingMetrics } from './recording-metrics.ts';
import { rulesOf, type TestApp, type TestAppOptions, testApp } from './running-app.ts';

export const PUBLIC_URL = 'http://films.test';
export const SECRET = 'a secret that only the tests know of, long enough';

export interface AccountsApp {
  app: TestApp;
  accounts: Accounts;
  database: Database;
  metrics: RecordingMetrics;
  library: LibraryStore;
  operatorRules: OperatorRules;
  /** Lines of the accounts' log. */
  log: Record<string, unknown>[];
  /** Someone with a browser of their own. */
  visitor(): Visitor;
  stop(): Promise<void>;
}

let snapshot: Promise<Snapshot> | undefined;

/** The app with accounts and library, on SQLite unless told otherwise. */
export async function accountsApp(
  {
    requestsPerKey,
    attempts,
    outbox,
    ...settings
  }: Partial<AccountSettings> & { requestsPerKey?: number; attempts?: AttemptLimits; outbox?: (database: Database) => Outbox } = {},
  where?: DatabaseSettings,
  options: TestAppOptions = {},
): Promise<AccountsApp> {
  let folder: TemporaryFolder | undefined;
  if (where === undefined) folder = await temporaryFolder();
  const metrics = recordingMetrics();
  const database = openDatabase(where ?? { kind: 'sqlite', file: join(folder?.path ?? '', 'accounts.sqlite') }, metrics);
  await migrate(database, MIGRATIONS);
  const library = new SqlLibraryStore(database);
  const log: Record<string, unknown>[] = [];
  const accounts = await createAccounts({
    database,
    settings: {
      publicUrl: PUBLIC_URL,
      basePath: '',
      trustedOrigins: ['https://app.films.test'],
      trustOwnHost: false,
      secret: SECRET,
      registration: 'open',
      guests: true,
      passwords: true,
      ...settings,
    },
    log: pino({ level: 'debug' }, { write: (line: string) => log.push(JSON.parse(line)) }),
    attempts,
    outbox: outbox?.(database),
    onSignInFailed: (reason) => metrics.signInFailed(reason),
    onUserDeleted: (userId) => library.deleteUser(userId),
    onGuestLinked: guestMerge(library, options.pointBudgets),
  });
  snapshot ??= fixtureSnapshot();
  const movies = await snapshot;
  const exports = createExports({
    library,
    account: (userId, withWhereabouts) => accountDataOf(database, userId, withWhereabouts),
    nameMovie: () => undefined,
  });
  const operatorRules = rulesOf(
    () => movies,
    () => accounts.administration.rules.list(),
  );
  const app = await testApp(() => movies, {
    accounts: requestsPerKey === undefined ? accounts : limited(accounts, requestsPerKey),
    library,
    exports,
    operatorRules,
    ...options,
  });
  return {
    app,
    accounts,
    database,
    metrics,
    library,
    operatorRules,
    log,
    visitor: () => new Visitor(app, accounts, settings.publicUrl ?? PUBLIC_URL),
    async stop() {
      accounts.stop();
      await operatorRules.stop();
      await app.shutDown(0);
      await database.close();
      await folder?.remove();
    },
  };
}

/** Keys are limited. The clock stands still at the beginning of a minute. */
function limited(accounts: Accounts, perKey: number): AppServices['accounts'] {
  const limits = new RateLimits({ perAddress: 1_000, perUser: 1_000, signIn: 1_000, perKey }, { metrics: NO_METRICS, now: () => 0 });
  return {
    handle: (request, address) => accounts.handle(request, address),
    signInProviders: () => accounts.signInProviders(),
    signInOptions: (headers) => accounts.signInOptions(headers),
    administration: accounts.administration,
    credentialHeaders: accounts.credentialHeaders,
    sessionCookie: accounts.sessionCookie,
    authenticate: limitedAuthenticate((headers) => accounts.authenticate(headers), limits),
  };
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  body: any;
  location: string | undefined;
  cookies: string[];
  headers: Record<string, unknown>;
}

type Headers_ = Record<string, string>;

/** Keeps cookies and sends Origin with what it posts, as a browser on our own pages does. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #app: TestApp;
  readonly #accounts: Accounts;
  readonly #origin: string;

  constructor(app: TestApp, accounts: Accounts, origin: string) {
    this.#app = app;
    this.#accounts = accounts;
    this.#origin = origin;
  }

  get(path: string, headers: Headers_ = {}): Promise<Answer> {
    return this.#send('GET', path, undefined, headers);
  }

  post(path: string, body: object = {}, headers: Headers_ = {}): Promise<Answer> {
    return this.#send('POST', path, body, { origin: this.#origin, ...headers });
  }

  put(path: string, body: object, headers: Headers_ = {}): Promise<Answer> {
    return this.#send('PUT', path, body, { origin: this.#origin, ...headers });
  }

  graphql(query: string, variables: object = {}, headers: Headers_ = {}): Promise<Answer> {
    return this.post('/graphql', { query, variables }, headers);
  }

  /** A body as it stands, with the headers given. */
  graphqlRaw(body: string, headers: Headers_): Promise<Answer> {
    return this.#send('POST', '/graphql', body, headers);
  }

  async signUp(name: string, password = `password of ${name}`): Promise<string> {
    const answer = await this.post('/api/auth/sign-up/email', { name, email: emailOf(name), password });
    if (answer.status !== 200) throw new Error(`sign-up answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body.user.id;
  }

  signIn(name: string, password = `password of ${name}`): Promise<Answer> {
    return this.post('/api/auth/sign-in/email', { email: emailOf(name), password });
  }

  async beGuest(): Promise<string> {
    const answer = await this.post('/api/auth/sign-in/anonymous');
    return answer.body.user.id;
  }

  async token(): Promise<string> {
    return (await this.get('/api/auth/token')).body.token;
  }

  async apiKey(body: object = {}): Promise<{ key: string; id: string }> {
    return (await this.post('/api/auth/api-key/create', { name: 'a program', ...body })).body;
  }

  /** Whom the server takes this visitor for. */
  authenticate(headers: Headers_ = {}) {
    return this.#accounts.authenticate(new Headers({ ...this.#cookieHeader(), ...headers }));
  }

  async #send(method: 'GET' | 'POST' | 'PUT', path: string, body: object | string | undefined, headers: Headers_): Promise<Answer> {
    const response = await this.#app.fastify.inject({
      method,
      url: path,
      headers: { host: new URL(this.#origin).host, ...this.#cookieHeader(), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    const cookies = [response.headers['set-cookie'] ?? []].flat();
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const json = response.body !== '' && String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      body: json ? response.json() : response.body,
      location: response.headers.location,
      cookies,
      headers: response.headers,
    };
  }

  #cookieHeader(): Headers_ {
    return this.cookies.size === 0 ? {} : { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }
}

export function emailOf(name: string): string {
  return `${name.toLowerCase()}@films.test`;
}

/** Every table's rows that have the text anywhere, as "table: row". */
export async function rowsThatMention({ kysely }: Database, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await kysely.introspection.getTables()) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(kysely);
    found.push(...rows.map((row) => `${name}: ${JSON.stringify(row)}`).filter((row) => row.includes(text)));
  }
  return found;
}

/** The key that the server signs its tokens with. */
export async function signingKey({ kysely }: Database): Promise<{ kid: string; jwk: JsonWebKey }> {
  const { rows } = await sql<{ id: string; privateKey: string }>`select * from cinematch_jwks`.execute(kysely);
  const [row] = rows;
  if (row === undefined) throw new Error('no token was asked for yet, so there is no key');
  return { kid: row.id, jwk: JSON.parse(await symmetricDecrypt({ key: SECRET, data: JSON.parse(row.privateKey) })) };
}
