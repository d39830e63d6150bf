import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { OFFER_KINDS, type Offer, type OfferKind } from '../../catalog/offers.ts';

export const OfferKindEnum = Object.fromEntries(OFFER_KINDS.map((kind) => [kind, kind])) as { [K in OfferKind]: K };
registerEnumType(OfferKindEnum, { name: 'OfferKind', description: 'What watching costs.' });

@ObjectType({
  simpleResolvers: true,
  description: 'A way to watch a movie. The data is from JustWatch, by TMDb: name JustWatch where it is shown.',
})
export class MovieOffer implements Offer {
  @Field(() => String, { description: 'ISO 3166-1.' })
  readonly region!: string;

  @Field(() => OfferKindEnum)
  readonly kind!: OfferKind;

  @Field(() => Int, { nullable: true, description: "TMDb's number of the service. It stays when the name changes." })
  readonly providerId!: number | null;

  @Field(() => String, { description: "Name of the service, e.g. 'Netflix'." })
  readonly service!: string;

  @Field(() => String, { nullable: true, description: "TMDb's page with the offers of this region." })
  readonly link!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'The day on which the offer was first seen.' })
  readonly since!: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: 'The day from which on the offer was no longer seen. Null while it stands.',
  })
  readonly leftAt!: string | null;
}
