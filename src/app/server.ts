import { pino } from 'pino';
import { accountDataOf } from '../accounts/account-data.ts';
import { createAccounts } from '../accounts/accounts.ts';
import { loadOrCreateSecret } from '../accounts/auth-secret.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type Database, DatabaseError, type DatabaseSettings, openDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { ArtifactError } from '../engine/artifacts/artifact-error.ts';
import type { ModelRelease } from '../engine/artifacts/model-release.ts';
import { EnvironmentError, readEnvironment } from '../environment/environment.ts';
import { createApp } from '../http/app.ts';
import { createExports, type NamedMovie } from '../library/export.ts';
import { SqlLibraryStore } from '../library/sql-library-store.ts';
import { snapshotOf } from '../recommendations/snapshot.ts';
import { SnapshotStore } from '../recommendations/snapshot-store.ts';
import { limitedAuthenticate } from './limited-authenticate.ts';
import { MIGRATIONS } from './migrations.ts';
import { createTraffic } from './traffic.ts';

/** The title index is built when what is more urgent has been done: the first answers do not wait for it. */
const TITLE_INDEX_DELAY_MS = 200;

/** Why the process ended, for who started it. */
const EXIT = { unexpected: 1, environment: 2, artifacts: 3, listen: 4, storage: 6 };

class ListenError extends Error {}
class StorageError extends Error {}

/** Serves the API, and the built web app in `clientDirectory`, until told to stop. */
export async function serve(clientDirectory: string): Promise<void> {
  const environment = readEnvironment();
  const { http, graphql } = environment;
  const log = pino({ level: environment.logLevel });
  // Neither needs the other, and both wait for the disk.
  const opening = openStorage(environment.database);
  // Waited for below: should the artifacts fail first, this failure is not to be one that nobody handles.
  opening.catch(() => undefined);
  const store = await SnapshotStore.open({
    artifactsDirectory: environment.artifactsDirectory,
    log,
    open: (set: ModelRelease) => {
      const snapshot = snapshotOf(set);
      setTimeout(
        () => snapshot.search.build().catch((err: unknown) => log.error({ err }, 'the title index failed')),
        TITLE_INDEX_DELAY_MS,
      ).unref();
      return snapshot;
    },
  });
  const database = await opening;
  const library = new SqlLibraryStore(database);
  const { secret, publicUrl, apiKeyRequestsPerMinute, ...providers } = environment.accounts;
  const accounts = await createAccounts({
    database,
    settings: {
      ...providers,
      apiKeyRequestsPerMinute: environment.rateLimit.enabled ? apiKeyRequestsPerMinute : 0,
      secret: secret ?? (await storage(() => loadOrCreateSecret(environment.dataDirectory, log))),
      publicUrl: publicUrl ?? `http://localhost:${http.port}`,
      trustedOrigins: http.corsOrigins,
      trustOwnHost: publicUrl === undefined,
    },
    log,
    onUserDeleted: (userId) => library.deleteUser(userId),
    onGuestLinked: (guestId, userId) => library.moveUser(guestId, userId),
  });
  const traffic = createTraffic(environment, log, () => store.current);
  database.onStatement((statement) => traffic.metrics.databaseStatement(statement));
  const { rankings, rateLimits } = traffic;
  const app = await createApp({
    ...http,
    accounts: {
      handle: (request, address) => accounts.handle(request, address),
      signInProviders: () => accounts.signInProviders(),
      authenticate:
        rateLimits === undefined
          ? (headers) => accounts.authenticate(headers)
          : limitedAuthenticate((headers) => accounts.authenticate(headers), rateLimits),
    },
    library,
    exports: createExports({
      library,
      account: (userId) => accountDataOf(database, userId),
      nameMovie: (movieId) => movieNamed(store.current.catalog, movieId),
    }),
    rankings,
    metrics: http.metrics ? traffic.metrics : undefined,
    rateLimits,
    graphql,
    clientDirectory,
    log,
    snapshot: () => store.current,
  });
  await listen(app.fastify.listen({ port: http.port, host: http.host }), http.host, http.port);
  store.watch();
  const { version, size, dataset } = store.current.catalog;
  log.info({ version, movies: size, dataset, ms: Math.round(performance.now()) }, 'ready');

  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) process.exit(EXIT.unexpected);
    stopping = true;
    log.info({ signal }, 'shutting down');
    await store.stop();
    await app.shutDown(http.shutdownTimeoutMs);
    traffic.close();
    accounts.stop();
    await database.close();
    log.info('stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

/** One line on stderr and the exit code for why the server cannot start; what nobody foresaw keeps its stack. */
export function failToStart(error: unknown): void {
  const [code, message] = explain(error);
  process.stderr.write(`${message}\n`);
  // Not by the exit code alone: what was opened before it failed would keep the process alive.
  process.exit(code);
}

function explain(error: unknown): [code: number, message: string] {
  if (error instanceof EnvironmentError) return [EXIT.environment, error.message];
  if (error instanceof ArtifactError) return [EXIT.artifacts, `artifacts cannot be served: ${error.message}`];
  if (error instanceof ListenError) return [EXIT.listen, error.message];
  if (error instanceof StorageError) return [EXIT.storage, error.message];
  return [EXIT.unexpected, error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

function openStorage(settings: DatabaseSettings): Promise<Database> {
  return storage(async () => {
    const opened = openDatabase(settings);
    await migrate(opened, MIGRATIONS);
    return opened;
  });
}

/** What DATA_DIR or DATABASE_URL cannot give is for whoever runs the server to mend: one line. Anything else is a defect and keeps its stack. */
async function storage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const isTheirs = cause instanceof DatabaseError || (cause instanceof Error && 'code' in cause);
    if (!isTheirs) throw cause;
    throw new StorageError(`what is kept cannot be opened: ${cause.message}; DATA_DIR and DATABASE_URL say where it is`, { cause });
  }
}

function movieNamed(catalog: Catalog, movieId: number): NamedMovie | undefined {
  const index = catalog.indexOf(String(movieId));
  if (index === undefined) return undefined;
  return { title: catalog.title(index), year: catalog.year(index), imdbId: catalog.imdbId(index), tmdbId: catalog.tmdbId(index) };
}

async function listen(listening: Promise<string>, host: string, port: number): Promise<void> {
  try {
    await listening;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const why =
      code === 'EADDRINUSE'
        ? 'something else listens there; set PORT to another'
        : code === 'EACCES'
          ? 'it needs more rights; set PORT above 1023'
          : String(cause);
    throw new ListenError(`cannot listen on ${host}:${port}: ${why}`, { cause });
  }
}
