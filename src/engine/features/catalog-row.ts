/** One movie of the merged catalog, as the pipeline reads it from `movies_merged.csv`. */
export interface CatalogRow {
  /** A MovieLens id; TMDb's id below 0 for a movie that MovieLens does not have. */
  movieId: number;
  /** The number of the IMDb id, without "tt"; null = none. */
  imdbId: number | null;
  tmdbId: number | null;
  title: string;
  alternativeTitles: string[];
  /** The series that the movie is part of; empty = none. */
  collection: string;
  year: number | null;
  /** Minutes; the median of the catalog when `runtimeMissing` is true. */
  runtime: number | null;
  runtimeMissing: boolean;
  overview: string;
  genres: string[];
  keywords: string[];
  directors: string[];
  /** In billing order. */
  cast: string[];
  /** ISO 639-1; empty = unknown. */
  originalLanguage: string;
  certification: string;
  originalTitle: string;
  /** TMDb's word, such as 'Released'; empty = unknown. */
  status: string;
  /** ISO 3166-1. */
  countries: string[];
  companies: string[];
  /** ISO 639-1. */
  spokenLanguages: string[];
  /** YouTube's key; empty = none. */
  trailerKey: string;
  /** Cast and crew as "JOB:ID:NAME", with TMDb's number of the person. */
  people: string[];
  services: string[];
  /** Ways to watch, as "REGION:kind:PROVIDER:since:leftAt:SERVICE". */
  offers: string[];
  posterPath: string;
  /** Stars, 0.5 to 5; null = no ratings. */
  ratingAverage: number | null;
  ratingCount: number;
  /** TMDb's popularity figure, or that of the data source; null = none. */
  popularity: number | null;
  voteAverage: number | null;
  voteCount: number;
}
