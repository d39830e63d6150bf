/** One movie of the merged catalog, as the pipeline reads it from `movies_merged.csv`. */
export interface CatalogRow {
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
  services: string[];
  posterPath: string;
  /** Stars, 0.5 to 5; null = no ratings. */
  ratingAverage: number | null;
  ratingCount: number;
  /** TMDb's popularity figure, or that of the data source; null = none. */
  popularity: number | null;
  voteAverage: number | null;
  voteCount: number;
}
