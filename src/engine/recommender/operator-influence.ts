/** What rules of the operator do to every ranking of recommendations, for one viewer or for a group. */
export interface OperatorInfluence {
  /** MovieIndex, each once, in the order in which they come first where the filters let them pass. Their scores stay as they are. */
  pinned: readonly number[];
  /** One entry a movie: added to its score, and a contribution of its own. Undefined: nothing is added. */
  boosts?: Float64Array | undefined;
}

export const NO_INFLUENCE: OperatorInfluence = { pinned: [] };
