import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { activeWatchlistLink, MAX_LINK_NAME, shareWatchlist } from '../../library/watchlist-link/watchlist-link.ts';
import { requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { SharedWatchlist } from './shared-watchlist.type.ts';
import { Viewer } from './viewer.type.ts';

@Resolver(() => Viewer)
export class SharedWatchlistResolver {
  @Query(() => SharedWatchlist, { nullable: true, description: 'The shared watchlist with this id; null when there is none.' })
  async sharedWatchlist(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<SharedWatchlist | null> {
    return (await findSharedWatchlist(context, id)) ?? null;
  }

  @FieldResolver(() => SharedWatchlist, {
    nullable: true,
    description: "The viewer's watchlist as others see it. Null when it is not shared.",
  })
  async watchlistLink(@Root() viewer: Viewer, @Ctx() { library }: RequestContext): Promise<SharedWatchlist | null> {
    return (await library.watchlistLinks.ofUser(viewer.userId)) ?? null;
  }

  @Mutation(() => SharedWatchlist, {
    description: "Shows the viewer's watchlist to everybody who has its id, or gives the list that is shown another name.",
  })
  async shareWatchlist(
    @Arg('name', () => String, { description: `One line of 1 to ${MAX_LINK_NAME} characters. Others see it.` }) name: string,
    @Ctx() context: RequestContext,
  ): Promise<SharedWatchlist> {
    const { userId } = await requireWriter(context);
    return shareWatchlist(context.library.watchlistLinks, userId, name);
  }

  @Mutation(() => Boolean, { description: 'Ends the id at once. False when the watchlist was not shared.' })
  async stopSharingWatchlist(@Ctx() context: RequestContext): Promise<boolean> {
    const { userId } = await requireWriter(context);
    return context.library.watchlistLinks.delete(userId);
  }
}

/** The shared watchlist with this id, with its owner. An answer that depends on it is not kept: the list changes while the catalog stays. */
export function findSharedWatchlist(context: RequestContext, id: string): ReturnType<typeof activeWatchlistLink> {
  context.scope.isPersonal = true;
  const isDisabled = async (userId: string): Promise<boolean> => (await context.administration.accounts.find(userId))?.disabled === true;
  return activeWatchlistLink(context.library.watchlistLinks, isDisabled, id);
}
