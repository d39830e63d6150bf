import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { clearFeedback, setFeedback } from '../../library/feedback.ts';
import type { Signal } from '../../library/signal.ts';
import { optionalReader, requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { FeedbackSignal, type FeedbackSignalValue } from './library.input.ts';
import { Viewer } from './viewer.type.ts';

@Resolver(() => Movie)
export class FeedbackResolver {
  @Mutation(() => Movie, { description: "Sets the viewer's feedback on a movie. NONE clears it." })
  async setFeedback(
    @Arg('movieId', () => ID) movieId: string,
    @Arg('signal', () => FeedbackSignal) signal: FeedbackSignalValue,
    @Ctx() context: RequestContext,
  ): Promise<Movie> {
    const feedback = signal === 'NONE' ? null : signal;
    const index = await setFeedback(context, await requireWriter(context), movieId, feedback);
    const movie = context.loaders.movie.load(index);
    context.loaders.viewerFeedback.clear(movie.movieId).prime(movie.movieId, feedback);
    return movie;
  }

  @Mutation(() => Viewer, { description: 'Removes every like, dislike and not-interested mark of the viewer.' })
  async clearFeedback(@Ctx() context: RequestContext): Promise<Viewer> {
    const identity = await requireWriter(context);
    await clearFeedback(context, identity);
    context.forgetStored();
    context.loaders.viewerFeedback.clearAll();
    return new Viewer(identity);
  }

  @FieldResolver(() => FeedbackSignal, {
    nullable: true,
    description: "The viewer's feedback on the movie. Null when signed out or without feedback.",
  })
  async viewerFeedback(@Root() movie: Movie, @Ctx() context: RequestContext): Promise<Signal | null> {
    return (await optionalReader(context)) === null ? null : context.loaders.viewerFeedback.load(movie.movieId);
  }
}
