import {
  MAX_CAST_OF_A_MOVIE,
  MAX_COMPANIES_OF_A_MOVIE,
  MAX_COUNTRIES_OF_A_MOVIE,
  MAX_CREDITS_OF_A_MOVIE,
  MAX_DIRECTORS_OF_A_MOVIE,
  MAX_GENRES_OF_A_MOVIE,
  MAX_KEYWORDS_OF_A_MOVIE,
  MAX_LANGUAGES_OF_A_MOVIE,
  MAX_SERVICES_OF_A_MOVIE,
  MAX_TITLES_OF_A_MOVIE,
} from '../list-caps.ts';
import type { Catalog } from './catalog.ts';
import type { Credit } from './credit.ts';
import type { Label } from './labels.ts';
import type { MovieId, MovieIndex } from './movie-id.ts';
import { formatMovieId } from './movie-table.ts';

/** Why the catalog does not show a movie that a library keeps: the operator hid it, or this version does not have it. */
export type MovieAbsence = 'HIDDEN' | 'DEPARTED';

/** What the API tells of one movie. Missing facts are null, missing lists are empty. */
export interface MovieFacts {
  /** Undefined for a movie that is absent. */
  readonly index: MovieIndex | undefined;
  /** Null for a movie of the catalog. */
  readonly absence: MovieAbsence | null;
  readonly movieId: MovieId;
  /** `movieId` as the API writes it. */
  readonly id: string;
  readonly imdbId: string | null;
  readonly tmdbId: number | null;
  readonly title: string;
  readonly year: number | null;
  readonly runtime: number | null;
  readonly overview: string | null;
  readonly genres: Label[];
  readonly services: Label[];
  readonly directors: string[];
  readonly cast: string[];
  readonly keywords: string[];
  readonly originalLanguage: string | null;
  readonly certification: string | null;
  readonly originalTitle: string | null;
  readonly alternativeTitles: string[];
  readonly collection: string | null;
  readonly status: string | null;
  readonly countries: string[];
  readonly companies: string[];
  readonly spokenLanguages: string[];
  readonly trailerKey: string | null;
  readonly credits: Credit[];
  readonly ratingAverage: number | null;
  readonly ratingCount: number;
  readonly posterPath: string | null;
}

/** A view on one row of the catalog. A fact is decoded when it is read, and only then. */
export class CatalogMovie implements MovieFacts {
  readonly index: MovieIndex;
  readonly absence = null;
  readonly #catalog: Catalog;

  constructor(catalog: Catalog, index: MovieIndex) {
    this.#catalog = catalog;
    this.index = index;
  }

  get movieId(): MovieId {
    return this.#catalog.movieId(this.index);
  }

  get id(): string {
    return this.#catalog.id(this.index);
  }

  get imdbId(): string | null {
    return this.#catalog.imdbId(this.index);
  }

  get tmdbId(): number | null {
    return this.#catalog.tmdbId(this.index);
  }

  get title(): string {
    return this.#catalog.title(this.index);
  }

  get year(): number | null {
    return this.#catalog.year(this.index);
  }

  get runtime(): number | null {
    return this.#catalog.runtime(this.index);
  }

  get overview(): string | null {
    return this.#catalog.overview(this.index);
  }

  get genres(): Label[] {
    return capped(this.#catalog.genresOf(this.index), MAX_GENRES_OF_A_MOVIE);
  }

  get services(): Label[] {
    return capped(this.#catalog.servicesOf(this.index), MAX_SERVICES_OF_A_MOVIE);
  }

  get directors(): string[] {
    return capped(this.#catalog.directors(this.index), MAX_DIRECTORS_OF_A_MOVIE);
  }

  get cast(): string[] {
    return capped(this.#catalog.cast(this.index), MAX_CAST_OF_A_MOVIE);
  }

  get keywords(): string[] {
    return capped(this.#catalog.keywords(this.index), MAX_KEYWORDS_OF_A_MOVIE);
  }

  get originalLanguage(): string | null {
    return this.#catalog.originalLanguage(this.index);
  }

  get certification(): string | null {
    return this.#catalog.certification(this.index);
  }

  get originalTitle(): string | null {
    return this.#catalog.originalTitle(this.index);
  }

  get alternativeTitles(): string[] {
    return capped(this.#catalog.alternativeTitles(this.index), MAX_TITLES_OF_A_MOVIE);
  }

  get collection(): string | null {
    return this.#catalog.collection(this.index);
  }

  get status(): string | null {
    return this.#catalog.status(this.index);
  }

  get countries(): string[] {
    return capped(this.#catalog.countries(this.index), MAX_COUNTRIES_OF_A_MOVIE);
  }

  get companies(): string[] {
    return capped(this.#catalog.companies(this.index), MAX_COMPANIES_OF_A_MOVIE);
  }

  get spokenLanguages(): string[] {
    return capped(this.#catalog.spokenLanguages(this.index), MAX_LANGUAGES_OF_A_MOVIE);
  }

  get trailerKey(): string | null {
    return this.#catalog.trailerKey(this.index);
  }

  get credits(): Credit[] {
    return capped(this.#catalog.credits(this.index), MAX_CREDITS_OF_A_MOVIE);
  }

  get ratingAverage(): number | null {
    return this.#catalog.ratingAverage(this.index);
  }

  get ratingCount(): number {
    return this.#catalog.ratingCount(this.index);
  }

  get posterPath(): string | null {
    return this.#catalog.posterPath(this.index);
  }
}

/** A movie as a library keeps it. */
export interface NamedMovie {
  readonly movieId: MovieId;
  readonly title: string;
  readonly year: number | null;
}

/** A movie that the catalog does not show. Everything but id, title and year is unknown until it shows the movie again. */
export function absentMovie({ movieId, title, year }: NamedMovie, absence: MovieAbsence): MovieFacts {
  return {
    index: undefined,
    absence,
    movieId,
    id: formatMovieId(movieId),
    title,
    year,
    imdbId: null,
    tmdbId: null,
    runtime: null,
    overview: null,
    genres: [],
    services: [],
    directors: [],
    cast: [],
    keywords: [],
    originalLanguage: null,
    certification: null,
    originalTitle: null,
    alternativeTitles: [],
    collection: null,
    status: null,
    countries: [],
    companies: [],
    spokenLanguages: [],
    trailerKey: null,
    credits: [],
    ratingAverage: null,
    ratingCount: 0,
    posterPath: null,
  };
}

function capped<T>(list: T[], max: number): T[] {
  return list.length > max ? list.slice(0, max) : list;
}
