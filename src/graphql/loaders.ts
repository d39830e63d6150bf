// Before the first decorated class: TypeGraphQL looks for it when a decorator runs.
import 'reflect-metadata';
import DataLoader from 'dataloader';
import type { Catalog, MovieIndex } from '../catalog/catalog.ts';
import type { LibraryStore, Signal } from '../library/library-store.ts';
import { WatchlistEntry } from './library/viewer.type.ts';
import { Movie } from './movie/movie.type.ts';

export interface LoaderSources {
  catalog: Catalog;
  library: LibraryStore;
  /** The viewer, or null when signed out: then nothing is kept. */
  identity(): Promise<{ userId: string } | null>;
}

/**
 * One request's loaders. Every movie of a response comes through `movie`, so a page asks once for all of them at each level of its
 * query, and a movie reached twice is one object. What the viewer keeps of them comes by MovieId, since a kept movie may be in no catalogue.
 */
export class Loaders {
  readonly movie: DataLoader<MovieIndex, Movie>;
  readonly viewerFeedback: DataLoader<number, Signal | null>;
  readonly watchlistEntry: DataLoader<number, WatchlistEntry | null>;
  /** How many batches were asked for: what a test counts. */
  movieBatches = 0;

  constructor({ catalog, library, identity }: LoaderSources) {
    this.movie = new DataLoader(async (indices) => {
      this.movieBatches++;
      return indices.map((index) => new Movie(catalog, index));
    });
    this.viewerFeedback = new DataLoader(async (movieIds) => {
      const viewer = await identity();
      const said = viewer === null ? undefined : await library.feedbackOf(viewer.userId, movieIds);
      return movieIds.map((movieId) => said?.get(movieId) ?? null);
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
