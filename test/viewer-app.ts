import type { Identity } from '../src/accounts/accounts.ts';
import { MIGRATIONS } from '../src/app/migrations.ts';
import { type Database, type DatabaseSettings, openDatabase } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import type { AppOptions } from '../src/http/app.ts';
import { createExports } from '../src/library/export.ts';
import { SqlLibraryStore } from '../src/library/sql-library-store.ts';
import type { Snapshot } from '../src/recommendations/snapshot.ts';
import { ask, refusal, type TestApp, testApp } from './running-app.ts';

/** Believes whatever name a request gives in `x-test-user`: for tests of what is kept, not of who may sign in. */
export const BELIEVED_ACCOUNTS: AppOptions['accounts'] = {
  handle: async () => new Response(null, { status: 404 }),
  signInProviders: () => [],
  whoIs: async (headers) => {
    const userId = headers.get('x-test-user');
    if (userId === null) return null;
    const scopes = (headers.get('x-test-scopes') ?? 'read,write').split(',');
    const who: Identity = {
      userId,
      name: `User ${userId}`,
      email: `${userId}@films.example`,
      isGuest: false,
      scopes: new Set((['read', 'write'] as const).filter((scope) => scopes.includes(scope))),
      via: 'session',
    };
    return who;
  },
};

/** Somebody who asks. */
export interface TestViewer {
  headers: Record<string, string>;
  ask<Data = Record<string, never>>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  refusal(query: string, variables?: Record<string, unknown>): ReturnType<typeof refusal>;
}

export interface ViewerApp extends TestApp {
  database: Database;
  /** A viewer nobody was before, or the one of this name. */
  viewer(userId?: string, scopes?: string): TestViewer;
}

export async function viewerApp(
  snapshot: () => Snapshot,
  { database: settings = { kind: 'sqlite', file: ':memory:' }, ...options }: Partial<AppOptions> & { database?: DatabaseSettings } = {},
): Promise<ViewerApp> {
  const database = openDatabase(settings);
  await migrate(database, MIGRATIONS);
  const library = new SqlLibraryStore(database);
  const exports = createExports({
    library,
    account: async (id) => ({ id }),
    nameMovie: (movieId) => {
      const { catalog } = snapshot();
      const index = catalog.indexOf(String(movieId));
      if (index === undefined) return undefined;
      return { title: catalog.title(index), year: catalog.year(index), imdbId: catalog.imdbId(index), tmdbId: catalog.tmdbId(index) };
    },
  });
  const app = await testApp(snapshot, { accounts: BELIEVED_ACCOUNTS, library, exports, ...options });
  let viewers = 0;
  return {
    ...app,
    database,
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
