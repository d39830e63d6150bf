/** One movie of a merged catalogue, as the pipeline reads it from `movies_merged.csv`. */
export interface CatalogRow {
  movieId: number;
  /** IMDb's number without its "tt"; null = none. */
  imdbId: number | null;
  tmdbId: number | null;
  title: string;
  alternativeTitles: string[];
  year: number | null;
  /** Minutes: the catalogue's median where `runtimeMissing`. */
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
  /** 0.5 to 5; null = no ratings. */
  ratingAverage: number | null;
  ratingCount: number;
  /** TMDb's measure of present attention, or a data set's own; null = none. */
  popularity: number | null;
  voteAverage: number | null;
  voteCount: number;
}
