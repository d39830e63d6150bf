/** A movie that the owner of the server has, by the ids of TMDb and IMDb. At least one is known. */
export interface OwnedMovie {
  readonly tmdbId: number | undefined;
  /** Such as "tt0133093". */
  readonly imdbId: string | undefined;
}

/** What a server says: the movies whose ids are known, and how many others there are. */
export interface OwnedMovies {
  readonly movies: readonly OwnedMovie[];
  readonly withoutId: number;
}

/** Reads ids as servers and files write them: "603", "tt0133093", or nothing. */
export function ownedMovie(tmdb: unknown, imdb: unknown): OwnedMovie | undefined {
  const number = /^[1-9]\d{0,8}$/.test(String(tmdb ?? '').trim()) ? Number(tmdb) : undefined;
  const id = /^(?:tt)?(\d{1,10})$/i.exec(String(imdb ?? '').trim())?.[1];
  const imdbId = id === undefined || Number(id) === 0 ? undefined : `tt${id.padStart(7, '0')}`;
  return number === undefined && imdbId === undefined ? undefined : { tmdbId: number, imdbId };
}

export function ownedMovies(ids: readonly { tmdb: unknown; imdb: unknown }[]): OwnedMovies {
  const movies = ids.map(({ tmdb, imdb }) => ownedMovie(tmdb, imdb)).filter((movie) => movie !== undefined);
  return { movies, withoutId: ids.length - movies.length };
}
