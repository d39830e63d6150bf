import type { OfferKind } from '../../generated/graphql.ts';

/** From what costs nothing more to what costs most. */
const KINDS = ['SUBSCRIPTION', 'FREE', 'ADS', 'RENT', 'BUY'] as const satisfies OfferKind[];

/** The offers that stand today, by kind. */
export function currentOffers<T extends { kind: OfferKind; leftAt?: string | null | undefined }>(offers: readonly T[]): [OfferKind, T[]][] {
  const current = offers.filter(({ leftAt }) => leftAt == null);
  return KINDS.map((kind): [OfferKind, T[]] => [kind, current.filter((offer) => offer.kind === kind)]).filter(
    ([, some]) => some.length > 0,
  );
}
