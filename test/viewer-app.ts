import type { Identity } from '../src/accounts/identity.ts';
import { roleOf } from '../src/accounts/roles.ts';
import type { AppServices } from '../src/app/app.ts';
import { MIGRATIONS } from '../src/app/migrations.ts';
import { type Database, type DatabaseSettings, openDatabase } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import { createExports } from '../src/library/export.ts';
import { SqlLibraryStore } from '../src/library/sql-library-store.ts';
import type { Snapshot } from '../src/recommendations/snapshot.ts';
import { administrationOf, OPEN_SIGN_IN } from './administration-rooms.ts';
import { type RecordingMetrics, recordingMetrics } from './recording-metrics.ts';
import { ask, refusal, type TestApp, type TestAppOptions, testApp } from './running-app.ts';

/** Accepts the user in the header `x-test-user`: for tests of the library that need no sign-in. */
export const HEADER_ACCOUNTS: Omit<AppServices['accounts'], 'administration'> = {
  ...OPEN_SIGN_IN,
  handle: async () => new Response(null, { status: 404 }),
  signInProviders: () => [],
  credentialHeaders: ['x-test-user'],
  sessionCookie: 'session',
  authenticate: async (headers) => {
    const userId = headers.get('x-test-user');
    if (userId === null) return null;
    const scopes = (headers.get('x-test-scopes') ?? 'read,write').split(',');
    const identity: Identity = {
      userId,
      name: `User ${userId}`,
      email: `${userId}@films.example`,
      emailVerified: false,
      isGuest: false,
      role: roleOf({ role: headers.get('x-test-role') }),
      scopes: new Set((['read', 'write'] as const).filter((scope) => scopes.includes(scope))),
      via: 'session',
    };
    return identity;
  },
};

/** A signed-in caller. */
export interface TestViewer {
  headers: Record<string, string>;
  ask<Data = Record<string, never>>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  refusal(query: string, variables?: Record<string, unknown>): ReturnType<typeof refusal>;
}

export interface ViewerApp extends TestApp {
  database: Database;
  metrics: RecordingMetrics;
  /** A new viewer, or the one with this id. */
  viewer(userId?: string, scopes?: string): TestViewer;
}

export async function viewerApp(
  snapshot: () => Snapshot,
  { database: settings = { kind: 'sqlite', file: ':memory:' }, ...options }: TestAppOptions & { database?: DatabaseSettings } = {},
): Promise<ViewerApp> {
  const metrics = recordingMetrics();
  const database = openDatabase(settings, metrics);
  await migrate(database, MIGRATIONS);
  const library = new SqlLibraryStore(database);
  const exports = createExports({
    library,
    account: async (id) => ({ id }),
    nameMovie: (movieId) => {
      const { catalog } = snapshot();
      const index = catalog.indexOf(movieId);
      if (index === undefined) return undefined;
      return { title: catalog.title(index), year: catalog.year(index), imdbId: catalog.imdbId(index), tmdbId: catalog.tmdbId(index) };
    },
  });
  const app = await testApp(snapshot, {
    accounts: { ...HEADER_ACCOUNTS, administration: administrationOf(database) },
    library,
    exports,
    ...options,
  });
  let viewers = 0;
  return {
    ...app,
    database,
    metrics,
    viewer(userId = `viewer-${++viewers}`, scopes = 'read,write') {
      const headers = { 'x-test-user': userId, 'x-test-scopes': scopes };
      return {
        headers,
        ask: (query, variables) => ask(app, query, variables, headers),
        refusal: (query, variables) => refusal(app, query, variables, headers),
      };
    },
    async shutDown(timeoutMs) {
      await app.shutDown(timeoutMs);
      await database.close();
    },
  };
}
