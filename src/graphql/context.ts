import type { Identity, SignInProvider } from '../accounts/accounts.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Filters } from '../catalog/filters.ts';
import type { TitleSearch } from '../catalog/title-search.ts';
import type { Recommender } from '../engine/recommender/recommender.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { Rankings } from '../recommendations/rankings.ts';
import { credentialRefusal } from './errors.ts';
import { Deadline } from './limits/deadline.ts';
import { Loaders } from './loaders.ts';

/** Everything made from one artifact version. A request keeps the one it began with, whatever is published meanwhile. */
export interface Snapshot {
  catalog: Catalog;
  filters: Filters;
  search: TitleSearch;
  recommender: Recommender;
}

export interface RequestLog {
  error(about: object, message: string): void;
}

export interface RequestContext {
  /** Who is asking; null when signed out. Found out when it is first asked for, once a request. */
  identity(): Promise<Identity | null>;
  /** Whom people can sign in by now, beside a password. */
  signInProviders(): readonly SignInProvider[];
  snapshot: Snapshot;
  library: LibraryStore;
  rankings: Rankings;
  loaders: Loaders;
  deadline: Deadline;
  log: RequestLog;
}

export interface RequestParts {
  snapshot: Snapshot;
  library: LibraryStore;
  rankings: Rankings;
  log: RequestLog;
  timeoutMs: number;
  authenticate(): Promise<Identity | null>;
  signInProviders: RequestContext['signInProviders'];
}

export function createContext({
  snapshot,
  library,
  rankings,
  log,
  timeoutMs,
  authenticate,
  signInProviders,
}: RequestParts): RequestContext {
  let identity: Promise<Identity | null> | undefined;
  const authenticateOnce = (): Promise<Identity | null> => {
    identity ??= authenticate().catch((error: unknown) => {
      throw credentialRefusal(error);
    });
    return identity;
  };
  return {
    identity: authenticateOnce,
    signInProviders,
    snapshot,
    library,
    rankings,
    loaders: new Loaders({ catalog: snapshot.catalog, library, identity: authenticateOnce }),
    deadline: new Deadline(timeoutMs),
    log,
  };
}
