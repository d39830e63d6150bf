import type { Catalog } from '../catalog/catalog.ts';
import type { Filters } from '../catalog/filters.ts';
import type { TitleSearch } from '../catalog/title-search.ts';
import type { Recommender } from '../recommender/recommender.ts';
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
  snapshot: Snapshot;
  loaders: Loaders;
  deadline: Deadline;
  log: RequestLog;
}

export function createContext(snapshot: Snapshot, log: RequestLog, timeoutMs: number): RequestContext {
  return { snapshot, loaders: new Loaders(snapshot.catalog), deadline: new Deadline(timeoutMs), log };
}
