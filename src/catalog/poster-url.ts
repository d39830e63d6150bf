import { InputError } from '../input-error.ts';

/** Poster widths of TMDb's image server. */
export const POSTER_WIDTHS = [92, 154, 185, 342, 500, 780] as const;
const MAX_WIDTH = 4_000;
/** As TMDb names its pictures: "/abc123.jpg". */
const TMDB_PATH = /^\/[\w.-]*[\w-]\.\w+$/;

/** Where browsers get posters from. */
export interface PosterAddresses {
  /** Begins the address of every poster of TMDb. Null: no movie has a poster. */
  base: string | null;
  /** Whether browsers may ask other servers, for the original size and for posters that are not TMDb's. */
  others: boolean;
}

/**
 * Address of the poster at `width` pixels or the next larger size; when no size is that large the original, or the largest where there is
 * no original. Null for what is neither a path of TMDb nor an https address: catalogs are made from other people's data.
 */
export function posterUrl(posterPath: string | null, width: number, { base, others }: PosterAddresses): string | null {
  if (width < 1 || width > MAX_WIDTH)
    throw new InputError('width', `is ${width}; it must be from 1 to ${MAX_WIDTH}`, { min: 1, max: MAX_WIDTH });
  if (posterPath === null || base === null) return null;
  if (!isTmdbPath(posterPath)) return others && isHttps(posterPath) ? posterPath : null;
  const offered = POSTER_WIDTHS.find((candidate) => candidate >= width) ?? (others ? undefined : POSTER_WIDTHS.at(-1));
  return `${base}/${offered === undefined ? 'original' : `w${offered}`}${posterPath}`;
}

/** Catalogs hold what others wrote: anything else could name a file or an address outside the posters. */
export function isTmdbPath(posterPath: string): boolean {
  return TMDB_PATH.test(posterPath);
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
