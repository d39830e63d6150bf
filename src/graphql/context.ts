import type { Who } from '../accounts/accounts.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Filters } from '../catalog/filters.ts';
import type { TitleSearch } from '../catalog/title-search.ts';
import type { Recommender } from '../recommender/recommender.ts';
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
  who(): Promise<Who | null>;
  snapshot: Snapshot;
  loaders: Loaders;
  deadline: Deadline;
  log: RequestLog;
}

export interface RequestParts {
  snapshot: Snapshot;
  log: RequestLog;
  timeoutMs: number;
  whoIs(): Promise<Who | null>;
}

export function createContext({ snapshot, log, timeoutMs, whoIs }: RequestParts): RequestContext {
  let who: Promise<Who | null> | undefined;
  return {
    who: () => {
      who ??= whoIs().catch((error: unknown) => {
        throw credentialRefusal(error);
      });
      return who;
    },
    snapshot,
    loaders: new Loaders(snapshot.catalog),
    deadline: new Deadline(timeoutMs),
    log,
  };
}
