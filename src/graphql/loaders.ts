// Before the first decorated class: TypeGraphQL looks for it when a decorator runs.
import 'reflect-metadata';
import DataLoader from 'dataloader';
import type { Catalog } from '../catalog/catalog.ts';
import { CatalogMovie, type MovieFacts } from '../catalog/movie-facts.ts';
import type { MovieId, MovieIndex } from '../catalog/movie-id.ts';
import type { LibraryStore, Signal } from '../library/library-store.ts';
import { WatchlistEntry } from './library/viewer.type.ts';

export interface LoaderSources {
  catalog: Catalog;
  library: LibraryStore;
  /** The viewer, or null when signed out: then there is nothing to load. */
  identity(): Promise<{ userId: string } | null>;
}

/**
 * The loaders of one request. Every movie of a response comes through `movie`: one batch at each level of the query, and one object for
 * a movie that is reached twice. The viewer's data is loaded by movie id, because the library may hold a movie that left the catalog.
 */
export class Loaders {
  readonly movie: DataLoader<MovieIndex, MovieFacts>;
  readonly viewerFeedback: DataLoader<MovieId, Signal | null>;
  readonly watchlistEntry: DataLoader<MovieId, WatchlistEntry | null>;
  /** How many batches of movies were loaded; tests count them. */
  movieBatches = 0;

  constructor({ catalog, library, identity }: LoaderSources) {
    this.movie = new DataLoader(async (indices) => {
      this.movieBatches++;
      return indices.map((index) => new CatalogMovie(catalog, index));
    });
    this.viewerFeedback = new DataLoader(async (movieIds) => {
      const viewer = await identity();
      const feedback = viewer === null ? undefined : await library.feedbackOf(viewer.userId, movieIds);
      return movieIds.map((movieId) => feedback?.get(movieId) ?? null);
    });
    this.watchlistEntry = new DataLoader(async (movieIds) => {
      const viewer = await identity();
      const items = viewer === null ? undefined : await library.watchlistEntriesOf(viewer.userId, movieIds);
      return movieIds.map((movieId) => {
        const item = items?.get(movieId);
        return item === undefined ? null : new WatchlistEntry(item);
      });
    });
  }
}
