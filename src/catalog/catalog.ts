import { type CatalogColumns, labelsOf, readCatalogColumns, type Tagging } from '../engine/artifacts/catalog-columns.ts';
import type { ModelRelease } from '../engine/artifacts/model-release.ts';
import { type Label, LabelIndex } from './labels.ts';

/** Row of a movie in every column; never leaves the server. */
export type MovieIndex = number;

const MAX_MOVIE_ID = 2 ** 31 - 1;

/** The movies of one artifact version: metadata by MovieIndex, decoded when asked for, and the ways to find a movie or a label. */
export class Catalog {
  readonly version: string;
  readonly dataset: string;
  readonly builtAt: Date;
  readonly columns: CatalogColumns;
  readonly genres: LabelIndex;
  readonly services: LabelIndex;
  readonly languages: LabelIndex;

  constructor(about: { version: string; dataset: string; builtAt: string }, columns: CatalogColumns) {
    this.version = about.version;
    this.dataset = about.dataset;
    this.builtAt = new Date(about.builtAt);
    this.columns = columns;
    this.genres = new LabelIndex(columns.genres);
    this.services = new LabelIndex(columns.services);
    this.languages = new LabelIndex(columns.languages);
  }

  static fromRelease(release: ModelRelease): Catalog {
    return new Catalog(release.manifest, readCatalogColumns(release));
  }

  get size(): number {
    return this.columns.size;
  }

  /** The row of the movie with this id, or undefined when there is none or the text is no id at all. */
  indexOf(movieId: string): MovieIndex | undefined {
    if (!isMovieId(movieId)) return undefined;
    const wanted = Number(movieId);
    if (wanted > MAX_MOVIE_ID) return undefined;
    const ids = this.columns.movieIds;
    let low = 0;
    let high = ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (ids[middle] === wanted) return middle;
      if (ids[middle] < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }

  id(index: MovieIndex): string {
    return String(this.columns.movieIds[index]);
  }

  /** As IMDb writes it: "tt" and at least seven digits. */
  imdbId(index: MovieIndex): string | null {
    const number = this.columns.imdbIds[index];
    return number === 0 ? null : `tt${String(number).padStart(7, '0')}`;
  }

  tmdbId(index: MovieIndex): number | null {
    return this.columns.tmdbIds[index] || null;
  }

  title(index: MovieIndex): string {
    return this.columns.titles.get(index);
  }

  year(index: MovieIndex): number | null {
    return this.columns.years[index] || null;
  }

  runtime(index: MovieIndex): number | null {
    return this.columns.runtimes[index] || null;
  }

  overview(index: MovieIndex): string | null {
    return this.columns.overviews.get(index) || null;
  }

  posterPath(index: MovieIndex): string | null {
    return this.columns.posterPaths.get(index) || null;
  }

  ratingAverage(index: MovieIndex): number | null {
    const average = this.columns.ratingAverages[index];
    return Number.isNaN(average) ? null : Math.round(average * 100) / 100;
  }

  ratingCount(index: MovieIndex): number {
    return this.columns.ratingCounts[index];
  }

  genresOf(index: MovieIndex): Label[] {
    return labelRows(this.columns.genres, index).map((row) => this.genres.at(row));
  }

  servicesOf(index: MovieIndex): Label[] {
    return labelRows(this.columns.services, index).map((row) => this.services.at(row));
  }

  directors(index: MovieIndex): string[] {
    return labelsOf(this.columns.directors, index);
  }

  cast(index: MovieIndex): string[] {
    return labelsOf(this.columns.cast, index);
  }

  keywords(index: MovieIndex): string[] {
    return labelsOf(this.columns.keywords, index);
  }

  originalLanguage(index: MovieIndex): string | null {
    return labelsOf(this.columns.languages, index)[0] ?? null;
  }
}

/** MovieLens ids are positive whole numbers, written without sign, spaces or leading zeros. */
export function isMovieId(text: string): boolean {
  return /^[1-9]\d{0,15}$/.test(text);
}

function labelRows({ offsets, indices }: Tagging, row: number): number[] {
  return Array.from(indices.subarray(offsets[row], offsets[row + 1]));
}
