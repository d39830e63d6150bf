import { Extensions, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { MovieIndex } from '../../catalog/movie-id.ts';
import {
  MAX_EVIDENCE,
  type ProfileTrait as ProfileTraitValue,
  type TraitKind as TraitKindValue,
} from '../../recommendations/profile-traits.ts';
import { Movie } from '../movie/movie.type.ts';

export const TraitKind: { [K in TraitKindValue]: K } = { GENRE: 'GENRE', DECADE: 'DECADE', PERSON: 'PERSON', KEYWORD: 'KEYWORD' };

registerEnumType(TraitKind, {
  name: 'TraitKind',
  description: 'What a trait of a profile is.',
  valuesConfig: {
    GENRE: { description: 'A genre of the catalog.' },
    DECADE: { description: 'Ten years of first releases.' },
    PERSON: { description: 'A director or a leading actor.' },
    KEYWORD: { description: 'A topic.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'Something that the movies that the viewer likes have in common.' })
export class ProfileTrait {
  readonly evidence: readonly MovieIndex[];

  constructor({ kind, id, name, likes, dislikes, evidence }: ProfileTraitValue) {
    this.kind = kind;
    this.value = id;
    this.name = name;
    this.likes = likes;
    this.dislikes = dislikes;
    this.evidence = evidence;
  }

  @Field(() => TraitKind)
  readonly kind: TraitKindValue;

  @Field(() => ID, { description: "A genre's id, the first year of a decade, or the name." })
  readonly value: string;

  @Field(() => String)
  readonly name: string;

  @Field(() => Int, { description: 'How many liked movies have it.' })
  readonly likes: number;

  @Field(() => Int, { description: 'How many disliked movies have it.' })
  readonly dislikes: number;

  @Field(() => [Movie], { description: 'Liked movies that have it, latest like first.' })
  @Extensions({ listLength: MAX_EVIDENCE })
  movies!: Movie[];
}
