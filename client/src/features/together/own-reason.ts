import type { ExplanationKind } from '../../generated/graphql.ts';

/** Reasons that come from what a member said, and not from what everybody likes. */
const OWN: readonly ExplanationKind[] = ['LIKED', 'SIMILAR', 'COLLECTION', 'PEOPLE', 'KEYWORDS', 'GENRES'];
/** Of the member's best movie of the list. Below, a like is a reason in name only. */
const MIN_SHARE = 0.5;

/** Whether a movie is to the taste of a member: a reason of their own, and a score near their best. */
export function hasOwnReason(
  { score, explanationParts }: { score: number; explanationParts: readonly { kind: ExplanationKind }[] },
  best: number,
): boolean {
  return score > 0 && score >= best * MIN_SHARE && explanationParts.some(({ kind }) => OWN.includes(kind));
}
