/** Share of the target that is mixed into the genres of a list, so that the divergence is finite where a genre is missing. */
export const SMOOTHING = 0.01;

/** One entry a genre; they add up to 1, or are all 0 when no movie has a genre. */
export type GenreShares = Float64Array;

/** Genres of these movies. Each movie counts its weight, 1 by default, divided equally among its genres. */
export function genreShares(
  rows: ArrayLike<number>,
  genresOf: (row: number) => readonly number[],
  genreCount: number,
  weights?: ArrayLike<number>,
): GenreShares {
  const shares = new Float64Array(genreCount);
  let total = 0;
  for (let n = 0; n < rows.length; n++) {
    const genres = genresOf(rows[n]);
    const weight = weights?.[n] ?? 1;
    for (const genre of genres) shares[genre] += weight / genres.length;
    if (genres.length > 0) total += weight;
  }
  return total === 0 ? shares : shares.map((share) => share / total);
}

/**
 * Smoothed Kullback-Leibler divergence of shown genres q from a target p (Steck, "Calibrated recommendations", RecSys 2018):
 *
 *   Σ_g p_g ln(p_g / (0.99 q_g + 0.01 p_g))
 *
 * 0: the same shares.
 */
export function genreDivergence(target: GenreShares, shown: GenreShares): number {
  let sum = 0;
  for (let g = 0; g < target.length; g++)
    if (target[g] > 0) sum += target[g] * Math.log(target[g] / ((1 - SMOOTHING) * shown[g] + SMOOTHING * target[g]));
  return sum;
}
