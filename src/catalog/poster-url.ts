import { InputError } from '../input-error.ts';

/** The widths TMDb's image servers offer for posters. */
const WIDTHS = [92, 154, 185, 342, 500, 780];
const IMAGES = 'https://image.tmdb.org/t/p';
const WIDEST = 4_000;

/** Where the poster can be had at `width` pixels or the next wider size; the original when no size is that wide. */
export function posterUrl(posterPath: string | null, width: number): string | null {
  if (width < 1 || width > WIDEST) throw new InputError('width', `is ${width}; it must be from 1 to ${WIDEST}`, { min: 1, max: WIDEST });
  if (posterPath === null) return null;
  if (!posterPath.startsWith('/')) return posterPath;
  const offered = WIDTHS.find((candidate) => candidate >= width);
  return `${IMAGES}/${offered === undefined ? 'original' : `w${offered}`}${posterPath}`;
}
