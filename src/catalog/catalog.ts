import { type CatalogColumns, labelsOf, readCatalogColumns, type Tagging } from '../engine/artifacts/catalog-columns.ts';
import type { ModelRelease } from '../engine/artifacts/model-release.ts';
import type { Bitset } from '../engine/linalg/bitset.ts';
import { type Credit, creditOf } from './credit.ts';
import { type Label, LabelIndex, mineFirst } from './labels.ts';
import type { MovieId, MovieIndex } from './movie-id.ts';
import { formatMovieId, MovieTable } from './movie-table.ts';
import { OfferTable } from './offers.ts';
import { RecentTexts } from './recent-texts.ts';

const RECENT_TITLES = 8_192;
const RECENT_OVERVIEWS = 2_048;

/** The movies of one artifact version: metadata by MovieIndex, decoded on access, and indexes that find a movie or a label. */
export class Catalog {
  readonly version: string;
  readonly dataset: string;
  readonly builtAt: Date;
  readonly columns: CatalogColumns;
  readonly genres: LabelIndex;
  readonly services: LabelIndex;
  readonly languages: LabelIndex;
  readonly offers: OfferTable;
  readonly #movies: MovieTable;
  readonly #hidden: Bitset | undefined;
  readonly #titles: RecentTexts;
  readonly #overviews: RecentTexts;

  /** `hidden` are rows that nobody is shown: the catalog answers as if it did not have them. */
  constructor(
    about: { version: string; dataset: string; builtAt: string | Date },
    columns: CatalogColumns,
    { hidden, defaultRegion = 'US' }: { hidden?: Bitset | undefined; defaultRegion?: string | undefined } = {},
  ) {
    this.version = about.version;
    this.dataset = about.dataset;
    this.builtAt = new Date(about.builtAt);
    this.columns = columns;
    this.#hidden = hidden;
    this.#titles = new RecentTexts(columns.titles, RECENT_TITLES);
    this.#overviews = new RecentTexts(columns.overviews, RECENT_OVERVIEWS);
    this.#movies = new MovieTable(columns);
    this.genres = new LabelIndex(columns.genres, hidden);
    this.services = new LabelIndex(columns.services, hidden);
    this.languages = new LabelIndex(columns.languages, hidden);
    this.offers = new OfferTable(columns.offers, defaultRegion);
  }

  static fromRelease(release: ModelRelease, defaultRegion?: string): Catalog {
    return new Catalog(release.manifest, readCatalogColumns(release), { defaultRegion });
  }

  /** The same catalog with these rows hidden, and no others. */
  hiding(hidden: Bitset): Catalog {
    return new Catalog(this, this.columns, { hidden, defaultRegion: this.offers.defaultRegion });
  }

  /** The number of rows, with those that are hidden. */
  get size(): number {
    return this.columns.size;
  }

  /** The number of movies that can be shown. */
  get movieCount(): number {
    return this.size - (this.#hidden?.count() ?? 0);
  }

  isHidden(row: number): boolean {
    return this.#hidden?.has(row) === true;
  }

  /** Whether the movie with this id is in this version, but hidden. */
  hides(id: MovieId): boolean {
    const row = this.#movies.indexOf(id);
    return row !== undefined && this.isHidden(row);
  }

  /** The row of the movie with this id, given as a number or as the API writes it. Undefined when there is no such movie, or it is hidden. */
  indexOf(id: number | string): MovieIndex | undefined {
    return this.#unlessHidden(this.#movies.indexOf(id));
  }

  indexOfTmdb(tmdbId: number): MovieIndex | undefined {
    return this.#unlessHidden(this.#movies.indexOfTmdb(tmdbId));
  }

  /** `imdbId` is the number within "tt0133093". */
  indexOfImdb(imdbId: number): MovieIndex | undefined {
    return this.#unlessHidden(this.#movies.indexOfImdb(imdbId));
  }

  /** A row that the engine or a search returned. */
  indexAt(row: number): MovieIndex {
    return this.#movies.at(row);
  }

  movieId(index: MovieIndex): MovieId {
    return this.#movies.idOf(index);
  }

  /** The id as the API writes it. */
  id(index: MovieIndex): string {
    return formatMovieId(this.#movies.idOf(index));
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
    return this.#titles.get(index);
  }

  year(index: MovieIndex): number | null {
    return this.columns.years[index] || null;
  }

  runtime(index: MovieIndex): number | null {
    return this.columns.runtimes[index] || null;
  }

  overview(index: MovieIndex): string | null {
    return this.#overviews.get(index) || null;
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
    return labelsAt(this.columns.genres, this.genres, index);
  }

  servicesOf(index: MovieIndex): Label[] {
    return labelsAt(this.columns.services, this.services, index).sort(mineFirst);
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

  certification(index: MovieIndex): string | null {
    return labelsOf(this.columns.certifications, index)[0] ?? null;
  }

  originalTitle(index: MovieIndex): string | null {
    return this.columns.originalTitles?.get(index) || null;
  }

  alternativeTitles(index: MovieIndex): string[] {
    return this.columns.alternativeTitles
      .get(index)
      .split('|')
      .filter((title) => title !== '');
  }

  collection(index: MovieIndex): string | null {
    return labelsIn(this.columns.collections, index)[0] ?? null;
  }

  status(index: MovieIndex): string | null {
    return labelsIn(this.columns.statuses, index)[0] ?? null;
  }

  countries(index: MovieIndex): string[] {
    return labelsIn(this.columns.countries, index);
  }

  companies(index: MovieIndex): string[] {
    return labelsIn(this.columns.companies, index);
  }

  spokenLanguages(index: MovieIndex): string[] {
    return labelsIn(this.columns.spokenLanguages, index);
  }

  trailerKey(index: MovieIndex): string | null {
    return this.columns.trailerKeys?.get(index) || null;
  }

  credits(index: MovieIndex): Credit[] {
    return labelsIn(this.columns.people, index).flatMap(creditOf);
  }

  #unlessHidden(index: MovieIndex | undefined): MovieIndex | undefined {
    return index === undefined || this.isHidden(index) ? undefined : index;
  }
}

/** The labels of a column that a release of an older version may lack. */
function labelsIn(tagging: Tagging | undefined, row: number): string[] {
  return tagging === undefined ? [] : labelsOf(tagging, row);
}

function labelsAt({ offsets, indices }: Tagging, index: LabelIndex, row: number): Label[] {
  const labels: Label[] = [];
  for (let p = offsets[row]; p < offsets[row + 1]; p++) labels.push(index.at(indices[p]));
  return labels;
}
