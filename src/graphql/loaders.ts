// Before the first decorated class: TypeGraphQL looks for it when a decorator runs.
import 'reflect-metadata';
import DataLoader from 'dataloader';
import type { Catalog } from '../catalog/catalog.ts';
import { absentMovie, CatalogMovie, type MovieFacts, type NamedMovie } from '../catalog/movie-facts.ts';
import type { MovieId, MovieIndex } from '../catalog/movie-id.ts';
import type { PlayItem } from '../library/history-store.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { Signal } from '../library/signal.ts';
import { MAX_PLAYS_OF_A_MOVIE } from '../list-caps.ts';
import { WatchlistEntry } from './library/viewer.type.ts';

export interface LoaderSources {
  catalog: Catalog;
  library: LibraryStore;
  /** The viewer, or null when signed out: then there is nothing to load. */
  identity(): Promise<{ userId: string } | null>;
}

/** The movies of one response: one object for a movie that is reached twice. They are in memory, so nothing waits. */
class CatalogMovies {
  readonly #catalog: Catalog;
  readonly #movies = new Map<MovieIndex, MovieFacts>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  load(index: MovieIndex): MovieFacts {
    let movie = this.#movies.get(index);
    if (movie === undefined) {
      movie = new CatalogMovie(this.#catalog, index);
      this.#movies.set(index, movie);
    }
    return movie;
  }

  /** A movie of a library, also when the catalog does not show it. */
  loadKept(kept: NamedMovie): MovieFacts {
    const index = this.#catalog.indexOf(kept.movieId);
    return index === undefined ? absentMovie(kept, this.#catalog.hides(kept.movieId) ? 'HIDDEN' : 'DEPARTED') : this.load(index);
  }
}

/** The loaders of one request. The viewer's data is loaded by movie id, because the library may hold a movie that left the catalog. */
export class Loaders {
  readonly movie: CatalogMovies;
  readonly viewerFeedback: DataLoader<MovieId, Signal | null>;
  readonly watchlistEntry: DataLoader<MovieId, WatchlistEntry | null>;
  readonly viewerRating: DataLoader<MovieId, number | null>;
  /** The newest plays of a movie, as many as a field can list. */
  readonly plays: DataLoader<MovieId, readonly PlayItem[]>;

  constructor({ catalog, library, identity }: LoaderSources) {
    this.movie = new CatalogMovies(catalog);
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
    this.viewerRating = new DataLoader(async (movieIds) => {
      const viewer = await identity();
      const ratings = viewer === null ? undefined : await library.history.ratingsOf(viewer.userId, movieIds);
      return movieIds.map((movieId) => ratings?.get(movieId)?.stars ?? null);
    });
    this.plays = new DataLoader(async (movieIds) => {
      const viewer = await identity();
      const plays = viewer === null ? undefined : await library.history.playsOf(viewer.userId, movieIds, MAX_PLAYS_OF_A_MOVIE);
      return movieIds.map((movieId) => plays?.get(movieId) ?? []);
    });
  }
}
