/** Share of the likes' genres that is mixed into a page's (Steck 2018). */
const SMOOTHING = 0.01;

/**
 * How far the genres of a page are from those of the likes (Steck, "Calibrated recommendations", RecSys 2018):
 *
 *   Σ_g p_g ln(p_g / (0.99 q_g + 0.01 p_g))
 *
 * p are the shares of the genres in the likes, q those in the page. Each movie counts 1, divided among its genres. 0: the same shares.
 */
export function genreMismatch(likes: ArrayLike<number>, page: ArrayLike<number>, genres: readonly (readonly number[])[]): number {
  const wanted = genreShares(likes, genres);
  const shown = genreShares(page, genres);
  let sum = 0;
  for (const [genre, p] of wanted) sum += p * Math.log(p / ((1 - SMOOTHING) * (shown.get(genre) ?? 0) + SMOOTHING * p));
  return sum;
}

function genreShares(rows: ArrayLike<number>, genres: readonly (readonly number[])[]): Map<number, number> {
  const known = Array.from(rows).filter((row) => genres[row].length > 0);
  const shares = new Map<number, number>();
  for (const row of known)
    for (const genre of genres[row]) shares.set(genre, (shares.get(genre) ?? 0) + 1 / (genres[row].length * known.length));
  return shares;
}
