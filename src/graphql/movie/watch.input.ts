import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, InputType } from 'type-graphql';
import type { OfferFilter, OfferKind } from '../../catalog/offers.ts';
import { OfferKindEnum } from './movie-offer.type.ts';

@InputType({ description: 'How a movie can be watched. A field that is left out, null or empty restricts nothing.' })
export class WatchInput implements OfferFilter {
  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1. Left out: `prefs.region`, else the one that the viewer stored, else DEFAULT_REGION of the server.',
  })
  region?: string | null;

  @Field(() => [OfferKindEnum], { nullable: true, description: 'Keeps movies with an offer of one of these kinds.' })
  kinds?: OfferKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Names of services in this region, in upper or lower case.' })
  services?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only services that the viewer stored, if any. Known in lists that are ranked for a viewer.',
  })
  onMyServices?: boolean | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'Offers that were first seen on this day or later. Those of the first look at a country do not count as new.',
  })
  since?: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Offers that ended on this day or later, instead of those that stand.' })
  leftSince?: string | null;
}
