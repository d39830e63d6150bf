import { Arg, Ctx, Extensions, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { createHook, hookEvents, setHookUser } from '../../library/hooks/hooks.ts';
import { checkedFirst, checkedOffset } from '../../list-caps.ts';
import { requireAccount } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { Hook, HookEvent, NewHook } from './hook.type.ts';
import { Viewer } from './viewer.type.ts';

@Resolver(() => Viewer)
export class HooksResolver {
  @Mutation(() => NewHook, {
    description:
      'Makes the address to which a media server sends what the viewer watched. The one before ends. Not for guests and API keys.',
  })
  async createHook(
    @Arg('mediaUser', () => String, { nullable: true, description: 'Only events of this user of the media server count. Null: all.' })
    mediaUser: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<NewHook> {
    return new NewHook(await createHook(context, await requireAccount(context), mediaUser ?? null));
  }

  @Mutation(() => Hook, { description: 'Changes whose events count. The address stays.' })
  async setHookUser(
    @Arg('mediaUser', () => String, { nullable: true, description: 'The name of a user of the media server. Null: all users.' })
    mediaUser: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Hook> {
    return new Hook(await setHookUser(context, await requireAccount(context), mediaUser ?? null));
  }

  @Mutation(() => Boolean, { description: 'Ends the address at once. What it brought stays. False when there was none.' })
  async revokeHook(@Ctx() context: RequestContext): Promise<boolean> {
    const { userId } = await requireAccount(context);
    return context.library.hooks.revoke(userId);
  }

  @FieldResolver(() => Hook, { nullable: true, description: 'The address for media servers; null when the viewer has none.' })
  async hook(@Root() { userId }: Viewer, @Ctx() { library }: RequestContext): Promise<Hook | null> {
    const hook = await library.hooks.find(userId);
    return hook === undefined ? null : new Hook(hook);
  }

  @FieldResolver(() => [HookEvent], { description: 'Events of media servers, the last first. The last 500 are kept, and 1,000 that wait.' })
  @Extensions({ listLength: { argument: 'first' } })
  async hookEvents(
    @Root() viewer: Viewer,
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'Events before the first.' }) offset: number,
    @Ctx() context: RequestContext,
  ): Promise<HookEvent[]> {
    return (await hookEvents(context, viewer, checkedFirst(first), checkedOffset(offset))).map((event) => new HookEvent(event));
  }
}

@Resolver(() => HookEvent)
export class HookEventResolver {
  @FieldResolver(() => Movie, { nullable: true, description: 'The movie of the catalog; null when it is not known, or not looked up.' })
  movie(@Root() { item }: HookEvent, @Ctx() { snapshot, loaders }: RequestContext): Movie | null {
    const index = item.movieId === null ? undefined : snapshot.catalog.indexOf(item.movieId);
    return index === undefined ? null : loaders.movie.load(index);
  }
}
