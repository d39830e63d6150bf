import { InputError } from '../input-error.ts';

/** Poster widths of TMDb's image server. */
const WIDTHS = [92, 154, 185, 342, 500, 780];
const IMAGES = 'https://image.tmdb.org/t/p';
const MAX_WIDTH = 4_000;
/** As TMDb names its pictures: "/abc123.jpg". */
const TMDB_PATH = /^\/[\w.-]*[\w-]\.\w+$/;

/**
 * Address of the poster at `width` pixels or the next larger size; the original when no size is that large. Null for what is neither a path
 * of TMDb nor an https address: catalogs are made from other people's data.
 */
export function posterUrl(posterPath: string | null, width: number): string | null {
  if (width < 1 || width > MAX_WIDTH)
    throw new InputError('width', `is ${width}; it must be from 1 to ${MAX_WIDTH}`, { min: 1, max: MAX_WIDTH });
  if (posterPath === null) return null;
  if (!TMDB_PATH.test(posterPath)) return isHttps(posterPath) ? posterPath : null;
  const offered = WIDTHS.find((candidate) => candidate >= width);
  return `${IMAGES}/${offered === undefined ? 'original' : `w${offered}`}${posterPath}`;
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
