/** `familiar` where nothing is stated: neither little-known nor well-known movies are sought. */
export const NEUTRAL = 0.5;

/** What is known about a viewer, in the numbers of one model version. No list has an entry twice. */
export interface UserProfile {
  /** MovieIndex. */
  liked: readonly number[];
  /** Weight of each like in every sum over the likes, in the order of `liked`; their mean is 1. Undefined: each like has weight 1. */
  likedWeights?: readonly number[] | undefined;
  /** MovieIndex. */
  disliked: readonly number[];
  /** MovieIndex: movies that the viewer rated below a like. Weak evidence of what the viewer watches; none of them is liked. */
  rated?: readonly number[] | undefined;
  /** Weight of each of them, relative to a like. Defined with `rated`. */
  ratedWeights?: readonly number[] | undefined;
  /** Genre indices of the catalog. */
  genres: readonly number[];
  /** 0 hidden gems, NEUTRAL the default, 1 well known. */
  familiar?: number;
}
