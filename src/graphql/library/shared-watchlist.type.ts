import { Field, ID, ObjectType } from 'type-graphql';
import type { WatchlistLink } from '../../library/watchlist-link/watchlist-link.ts';

@ObjectType({
  simpleResolvers: true,
  description:
    'A watchlist that its owner shows to everybody who knows the id. `recommendations(sharedWatchlistId:)` gives what is still to be watched.',
})
export class SharedWatchlist implements Pick<WatchlistLink, 'id' | 'name'> {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'What its owner calls the list.' })
  name!: string;
}
