import { type CatalogColumns, catalogSections, type Offers, tag } from '../../src/engine/artifacts/catalog-columns.ts';
import type { Manifest, Validation } from '../../src/engine/artifacts/manifest.ts';
import { PackedText } from '../../src/engine/artifacts/packed-text.ts';
import type { SectionArray } from '../../src/engine/artifacts/section-file.ts';
import { StringTable } from '../../src/engine/artifacts/string-table.ts';
import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import { buildFeatureMatrix, type FeatureMatrix } from '../../src/engine/features/feature-matrix.ts';
import { assembleContentModel, type ContentModel } from '../../src/engine/recommender/content/content-model.ts';
import { type HybridModel, hybridConfigOf } from '../../src/engine/recommender/hybrid/hybrid-model.ts';
import { modelSections } from '../../src/engine/recommender/model.ts';
import type { ModelConfig } from '../../src/engine/recommender/model-config.ts';
import { popularityOf } from '../../src/engine/recommender/popularity.ts';
import { indexCatalogNow } from '../../src/engine/search/search-index.ts';
import { searchSections } from '../../src/engine/search/search-sections.ts';
import type { KeptState } from '../models/parallel/kept-state.ts';
import { withNewMoviesPrior } from '../models/popularity/new-movies-prior.ts';
import { ratingStatsOf } from '../models/popularity/rating-stats.ts';

export interface BuiltRelease {
  about: Omit<Manifest, 'format' | 'sections'>;
  sections: Record<string, SectionArray>;
}

export interface Provenance {
  version: string;
  dataset: string;
  builtAt: Date;
  inputs: Record<string, string>;
}

/** A catalog and its content model, without ratings models. */
export interface FittedContent {
  movies: readonly CatalogRow[];
  columns: CatalogColumns;
  fitted: FeatureMatrix;
  model: ContentModel;
}

/** Models trained on ratings, and their measured accuracy. */
export interface HybridTraining {
  collaborative: HybridModel;
  validation: Validation;
  /** Sections with the end state of the training. Undefined: it is not kept. */
  state?: KeptState | undefined;
}

/** Builds the manifest and sections of a content-only release. Movies are in ascending order of movieId. */
export function buildRelease(movies: readonly CatalogRow[], config: ModelConfig, origin: Provenance): BuiltRelease {
  return assembleRelease(fitContent(movies, config), origin);
}

export function fitContent(movies: readonly CatalogRow[], config: ModelConfig): FittedContent {
  const columns = columnsOf(movies);
  const fitted = buildFeatureMatrix(movies, config);
  const stats = ratingStatsOf(movies);
  const popularity = popularityOf(config.popularity.newMovies ? withNewMoviesPrior(stats, movies, fitted.matrix) : stats);
  const model = assembleContentModel(fitted, popularity, columns.genres.names.toArray(), config);
  return { movies, columns, fitted, model };
}

export function assembleRelease(
  { movies, columns, fitted, model }: FittedContent,
  origin: Provenance,
  hybrid?: HybridTraining,
): BuiltRelease {
  return {
    about: {
      version: origin.version,
      dataset: origin.dataset,
      builtAt: origin.builtAt.toISOString(),
      movieCount: movies.length,
      config: model.config,
      // Manifest key of format 1.
      ...(hybrid && { taste: hybridConfigOf(hybrid.collaborative), validation: hybrid.validation }),
      inputs: origin.inputs,
    },
    sections: {
      ...catalogSections(columns),
      ...searchSections(indexCatalogNow(columns)),
      ...modelSections(fitted, { ...model, collaborative: hybrid?.collaborative }),
      ...hybrid?.state,
    },
  };
}

/** Years of the movies as the catalog of a release has them; 0 = unknown. */
export function yearsOf(movies: readonly CatalogRow[]): Int16Array {
  return Int16Array.from(movies, ({ year }) => year ?? 0);
}

function columnsOf(movies: readonly CatalogRow[]): CatalogColumns {
  return {
    size: movies.length,
    movieIds: Int32Array.from(movies, (movie) => movie.movieId),
    imdbIds: Uint32Array.from(movies, (movie) => movie.imdbId ?? 0),
    tmdbIds: Uint32Array.from(movies, (movie) => movie.tmdbId ?? 0),
    years: yearsOf(movies),
    // A missing runtime is replaced by the median for the features only. For users the runtime is unknown.
    runtimes: Uint16Array.from(movies, (movie) => (movie.runtimeMissing ? 0 : Math.round(movie.runtime ?? 0))),
    ratingAverages: Float32Array.from(movies, (movie) => movie.ratingAverage ?? Number.NaN),
    ratingCounts: Uint32Array.from(movies, (movie) => movie.ratingCount),
    titles: StringTable.from(movies.map((movie) => movie.title)),
    alternativeTitles: StringTable.from(movies.map((movie) => movie.alternativeTitles.join('|'))),
    posterPaths: StringTable.from(movies.map((movie) => movie.posterPath)),
    overviews: PackedText.from(movies.map((movie) => movie.overview)),
    genres: tag(movies.map((movie) => movie.genres)),
    services: tag(movies.map((movie) => movie.services)),
    keywords: tag(movies.map((movie) => movie.keywords)),
    directors: tag(movies.map((movie) => movie.directors)),
    cast: tag(movies.map((movie) => movie.cast)),
    languages: tag(movies.map((movie) => (movie.originalLanguage === '' ? [] : [movie.originalLanguage]))),
    collections: tag(movies.map((movie) => (movie.collection === '' ? [] : [movie.collection]))),
    originalTitles: StringTable.from(movies.map((movie) => movie.originalTitle)),
    trailerKeys: StringTable.from(movies.map((movie) => movie.trailerKey)),
    statuses: tag(movies.map((movie) => (movie.status === '' ? [] : [movie.status]))),
    countries: tag(movies.map((movie) => movie.countries)),
    companies: tag(movies.map((movie) => movie.companies)),
    spokenLanguages: tag(movies.map((movie) => movie.spokenLanguages)),
    people: tag(movies.map((movie) => movie.people)),
    offers: offersOf(movies),
    certifications: tag(movies.map((movie) => (movie.certification === '' ? [] : [movie.certification]))),
  };
}

/** Entries that are not "REGION:kind:PROVIDER:since:leftAt:SERVICE" are left out. The labels of one movie differ, as merge makes them. */
function offersOf(movies: readonly CatalogRow[]): Offers {
  const since: number[] = [];
  const leftAt: number[] = [];
  const labels = movies.map(({ offers }) => {
    const ofMovie = new Set<string>();
    for (const offer of offers) {
      const [region, kind, provider, first, last, ...service] = offer.split(':');
      const label = [region, kind, provider, ...service].join(':');
      if (service.length === 0 || ofMovie.has(label)) continue;
      ofMovie.add(label);
      since.push(dayNumber(first));
      leftAt.push(dayNumber(last));
    }
    return [...ofMovie];
  });
  return { tagging: tag(labels), since: Uint16Array.from(since), leftAt: Uint16Array.from(leftAt) };
}

function dayNumber(day: string): number {
  const time = Date.parse(day);
  return Number.isNaN(time) ? 0 : Math.min(Math.max(Math.floor(time / 86_400_000), 0), 0xffff);
}
