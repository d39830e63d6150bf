import { Extensions, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import {
  type ExplanationKind as Kind,
  MAX_SUBJECTS,
  type ExplanationPart as Part,
  type ExplanationSubject as Subject,
} from '../../recommendations/explanation.ts';

export const ExplanationKind: { [K in Kind]: K } = {
  PINNED: 'PINNED',
  SIMILAR: 'SIMILAR',
  COLLECTION: 'COLLECTION',
  PEOPLE: 'PEOPLE',
  KEYWORDS: 'KEYWORDS',
  POPULAR: 'POPULAR',
  LIKED: 'LIKED',
  GENRES: 'GENRES',
  SERVICES: 'SERVICES',
  AVERAGE: 'AVERAGE',
  FILTERS: 'FILTERS',
};

registerEnumType(ExplanationKind, {
  name: 'ExplanationKind',
  description: 'The statement of one part of an explanation.',
  valuesConfig: {
    PINNED: { description: 'A rule of the operator of this server puts the movie first.' },
    SIMILAR: { description: 'The movie is similar to this movie.' },
    COLLECTION: { description: 'Both movies are of this collection.' },
    PEOPLE: { description: 'These people worked on both movies.' },
    KEYWORDS: { description: 'Both movies are about this.' },
    POPULAR: { description: 'Many people rated the movie, and rated it high.' },
    LIKED: { description: 'The movie is similar to these movies, which the viewer liked.' },
    GENRES: { description: 'The movie has these genres, which the viewer prefers or the similar movie has too.' },
    SERVICES: { description: 'The movie is on these services, by which the list is filtered.' },
    AVERAGE: { description: 'The movie is close to the average movie of the catalog, and nothing is known of the viewer.' },
    FILTERS: { description: 'The movie passes the filters, and there is no other reason.' },
  },
});

// The parts cost nothing extra: one sentence is made of them, and it is counted.
@ObjectType({
  simpleResolvers: true,
  description: 'A movie, genre or service that an explanation names. The id of a collection, a person or a keyword is its name.',
})
export class ExplanationSubject implements Subject {
  @Field(() => ID)
  @Extensions({ cost: 0 })
  id!: string;

  @Field(() => String)
  @Extensions({ cost: 0 })
  name!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A part of an explanation, which a client can write in any language.' })
export class ExplanationPart implements Part {
  @Field(() => ExplanationKind)
  @Extensions({ cost: 0 })
  kind!: Kind;

  @Field(() => [ExplanationSubject], { description: 'In the order in which to name them.' })
  @Extensions({ cost: 0, listLength: MAX_SUBJECTS })
  subjects!: Subject[];
}
