import { GraphQLDateTime } from 'graphql-scalars';
import { Extensions, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { StoredRule } from '../../accounts/administration/rule-store.ts';
import { formatMovieId, toMovieId } from '../../catalog/movie-table.ts';
import type { RuleArguments, RuleEffect as RuleEffectValue } from '../../recommendations/operator-rules/operator-rule.ts';

export const RuleEffect: { [E in RuleEffectValue]: E } = { HIDE: 'HIDE', PIN: 'PIN', BOOST: 'BOOST' };

registerEnumType(RuleEffect, {
  name: 'RuleEffect',
  description: 'What a rule of the operator does.',
  valuesConfig: {
    HIDE: { description: 'Nobody is shown the movie: it is as if the catalog did not have it.' },
    PIN: { description: 'The movie comes first in recommendations whose filters it passes.' },
    BOOST: { description: 'Movies of a genre or service get a higher score, or a lower one when the strength is negative.' },
  },
});

@InputType({ description: 'HIDE and PIN take a movie. BOOST takes a genre or a service, and a strength.' })
export class OperatorRuleInput implements RuleArguments {
  @Field(() => RuleEffect)
  effect!: RuleEffectValue;

  @Field(() => ID, { nullable: true })
  movieId?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug or name of a genre.' })
  genre?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug or name of a service.' })
  service?: string | null;

  @Field(() => Float, { nullable: true, description: 'From -1 (damp) to 1 (boost), not 0. It is added to the score of each movie.' })
  strength?: number | null;

  @Field(() => String, { description: 'Why, for the next admin. Up to 500 characters.' })
  reason!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A decision of the operator about a movie, a genre or a service.' })
export class OperatorRule {
  constructor({ id, effect, movieId, genre, service, strength, subject, reason, createdBy, createdAt }: StoredRule) {
    this.id = id;
    this.effect = effect;
    const known = movieId === null ? undefined : toMovieId(movieId);
    this.movieId = known === undefined ? null : formatMovieId(known);
    this.genre = genre;
    this.service = service;
    this.strength = effect === 'BOOST' ? strength : null;
    this.subject = subject;
    this.reason = reason;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
  }

  @Field(() => ID)
  readonly id: string;

  @Field(() => RuleEffect)
  readonly effect: RuleEffectValue;

  @Field(() => ID, { nullable: true, description: 'Set for HIDE and PIN.' })
  readonly movieId: string | null;

  @Field(() => String, { nullable: true, description: 'Slug of the genre of a BOOST.' })
  readonly genre: string | null;

  @Field(() => String, { nullable: true, description: 'Slug of the service of a BOOST.' })
  readonly service: string | null;

  @Field(() => Float, { nullable: true, description: 'Set for BOOST: what is added to scores.' })
  readonly strength: number | null;

  @Field(() => String, { description: 'The movie with its year, the genre or the service, as it was named when the rule was made.' })
  readonly subject: string;

  @Field(() => String)
  readonly reason: string;

  @Field(() => String, { description: 'E-mail address of whoever made the rule.' })
  readonly createdBy: string;

  @Field(() => GraphQLDateTime)
  readonly createdAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A movie of a list, before or after a rule.' })
export class PreviewedMovie {
  @Field(() => ID)
  movieId!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Int, { nullable: true })
  year!: number | null;

  @Field(() => Int, { description: 'The place in this list, from 1.' })
  place!: number;

  @Field(() => Int, { nullable: true, description: 'The place in the other list. Null: not among the first 100 movies.' })
  otherPlace!: number | null;

  @Field(() => Boolean)
  pinned!: boolean;

  @Field(() => Float)
  score!: number;

  @Field(() => Float, { description: 'What all rules together add to the score.' })
  boost!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What a rule would change in one list.' })
export class RulePreview {
  @Field(() => [PreviewedMovie], { description: 'The list under the rules that are saved.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  before!: PreviewedMovie[];

  @Field(() => [PreviewedMovie], { description: 'The list with the new rule.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  after!: PreviewedMovie[];
}
