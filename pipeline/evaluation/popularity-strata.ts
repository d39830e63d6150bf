/** β of a target's weight in popularity-stratified measures. */
export const BETA = 0.5;

/**
 * Weight of a target with this number of likes in a popularity-stratified measure: (likes + 1)^-β (Steck, "Item Popularity and
 * Recommendation Accuracy", RecSys 2011). Likes are missing not at random: the more popular a movie is, the more of those who would like it
 * have told so. With β = 0 every target counts the same.
 */
export function targetWeight(likes: number, beta: number = BETA): number {
  return (likes + 1) ** -beta;
}

/** Weight of each of these targets; `likes` has one entry a movie. */
export function targetWeights(targets: Uint32Array, likes: ArrayLike<number>, beta: number = BETA): Map<number, number> {
  return new Map(Array.from(targets, (row) => [row, targetWeight(likes[row], beta)]));
}
