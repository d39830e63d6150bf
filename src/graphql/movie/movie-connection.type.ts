import { Extensions, Field, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../paging/page-info.type.ts';
import { Movie } from './movie.type.ts';

@ObjectType({ simpleResolvers: true })
export class MovieEdge {
  @Field(() => String, { description: 'Pass it as `after` to get the movies after this one.' })
  cursor!: string;

  @Field(() => Movie)
  node!: Movie;
}

@ObjectType({ simpleResolvers: true, description: 'A page of movies.' })
export class MovieConnection {
  @Field(() => [MovieEdge])
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  edges!: MovieEdge[];

  @Field(() => [Movie], { description: 'The movies without their cursors.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  nodes!: Movie[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many movies match.' })
  totalCount!: number;
}
