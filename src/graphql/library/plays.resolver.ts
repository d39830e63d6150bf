import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { addPlay, playsPage, removePlay } from '../../library/history.ts';
import type { PlaySort as PlaySortValue } from '../../library/history-store.ts';
import { checkedFirst, MAX_PLAYS_OF_A_MOVIE } from '../../list-caps.ts';
import { optionalReader, requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { Play, PlayConnection, PlaySort } from './history.type.ts';
import { Viewer } from './viewer.type.ts';

@Resolver(() => Movie)
export class PlaysResolver {
  @Mutation(() => Play, {
    description:
      'Adds a time that the viewer watched a movie: a moment, a day, or an unknown date when both are missing. The same moment again\nchanges nothing.',
  })
  async addPlay(
    @Arg('movieId', () => ID) movieId: string,
    @Arg('playedAt', () => GraphQLDateTime, { nullable: true }) playedAt: Date | null | undefined,
    @Arg('playedOn', () => GraphQLLocalDate, { nullable: true, description: 'When only the day is known.' })
    playedOn: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Play> {
    const play = await addPlay(context, await requireWriter(context), movieId, { playedAt, playedOn });
    context.loaders.plays.clear(play.movieId);
    return new Play(play);
  }

  @Mutation(() => Play, {
    nullable: true,
    description: 'Removes a play of the viewer and returns it. Null when there is none with this id.',
  })
  async removePlay(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Play | null> {
    const play = await removePlay(context, await requireWriter(context), id);
    if (play !== null) context.loaders.plays.clear(play.movieId);
    return play === null ? null : new Play(play);
  }

  @FieldResolver(() => [Play], { description: 'The times that the viewer watched the movie, newest first, unknown dates last.' })
  @Extensions({ listLength: { argument: 'first', max: MAX_PLAYS_OF_A_MOVIE } })
  async plays(
    @Root() movie: Movie,
    @Arg('first', () => Int, { defaultValue: 10, description: 'From 1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
  ): Promise<Play[]> {
    checkedFirst(first, MAX_PLAYS_OF_A_MOVIE);
    if ((await optionalReader(context)) === null) return [];
    const plays = await context.loaders.plays.load(movie.movieId);
    return plays.slice(0, first).map((play) => new Play(play));
  }
}

@Resolver(() => Play)
export class PlayResolver {
  @FieldResolver(() => Movie)
  movie(@Root() { item }: Play, @Ctx() { loaders }: RequestContext): Movie {
    return loaders.movie.loadKept(item);
  }
}

@Resolver(() => Viewer)
export class ViewerPlaysResolver {
  @FieldResolver(() => PlayConnection, { description: 'The times that the viewer watched movies, rewatches included.' })
  async plays(
    @Root() viewer: Viewer,
    @Arg('sort', () => PlaySort, { defaultValue: PlaySort.RECENTLY_PLAYED }) sort: PlaySortValue,
    @Arg('from', () => GraphQLLocalDate, { nullable: true, description: 'The first day, in UTC.' }) from: string | null | undefined,
    @Arg('to', () => GraphQLLocalDate, { nullable: true, description: 'The last day, in UTC.' }) to: string | null | undefined,
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of a list with the same sort order.' })
    after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<PlayConnection> {
    return new PlayConnection(await playsPage(context, viewer, { sort, first, after, from, to }));
  }
}
