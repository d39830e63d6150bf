import { Extensions, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { ExplanationKind as Kind, ExplanationPart as Part, ExplanationSubject as Subject } from '../../recommendations/explanation.ts';

export const ExplanationKind: { [K in Kind]: K } = {
  SIMILAR: 'SIMILAR',
  POPULAR: 'POPULAR',
  LIKED: 'LIKED',
  GENRES: 'GENRES',
  SERVICES: 'SERVICES',
  AVERAGE: 'AVERAGE',
  FILTERS: 'FILTERS',
};

registerEnumType(ExplanationKind, {
  name: 'ExplanationKind',
  description: 'What a part of an explanation says.',
  valuesConfig: {
    SIMILAR: { description: 'It is like this movie.' },
    POPULAR: { description: 'Many people saw it and liked it.' },
    LIKED: { description: 'It is like these movies, which the viewer liked.' },
    GENRES: { description: 'It has these genres, which the viewer prefers or the similar movie has too.' },
    SERVICES: { description: 'It is on these services, which were asked for.' },
    AVERAGE: { description: 'It is close to the middle of the catalogue, and nothing else is known.' },
    FILTERS: { description: 'It passes the filters, and there is nothing else to say.' },
  },
});

// What one sentence is made of costs what the sentence costs.
@ObjectType({ simpleResolvers: true, description: 'A movie, genre or service that an explanation speaks of.' })
export class ExplanationSubject implements Subject {
  @Field(() => ID)
  @Extensions({ cost: 0 })
  id!: string;

  @Field(() => String)
  @Extensions({ cost: 0 })
  name!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A part of an explanation, to be put into words in any language.' })
export class ExplanationPart implements Part {
  @Field(() => ExplanationKind)
  @Extensions({ cost: 0 })
  kind!: Kind;

  @Field(() => [ExplanationSubject], { description: 'In the order in which they are to be named.' })
  @Extensions({ cost: 0, usualLength: 2 })
  subjects!: Subject[];
}
