/** What is known about a viewer, in the numbers of one model version. No list has an entry twice. */
export interface UserProfile {
  /** MovieIndex. */
  liked: readonly number[];
  /** MovieIndex. */
  disliked: readonly number[];
  /** Genre indices of the catalog. */
  genres: readonly number[];
}
