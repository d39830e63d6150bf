import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { InputError } from '../../input-error.ts';
import { MAX_PUSH_SUBSCRIPTIONS, readSubscription } from '../../library/push/push-subscription.ts';
import { requireAccount } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { PushSubscriptionInput, WebPush } from './push.type.ts';
import { Viewer } from './viewer.type.ts';

@Resolver(() => Viewer)
export class PushResolver {
  @FieldResolver(() => WebPush, { nullable: true, description: 'Null for guests, and on a server that sends no messages to browsers.' })
  async webPush(
    @Root() viewer: Viewer,
    @Arg('endpoint', () => String, { nullable: true, description: 'The address of the browser at its push service.' })
    endpoint: string | null | undefined,
    @Ctx() { library, pushKey }: RequestContext,
  ): Promise<WebPush | null> {
    if (pushKey === undefined || viewer.isGuest) return null;
    const found = endpoint == null ? undefined : await library.push.find(viewer.userId, endpoint, pushKey);
    return { publicKey: pushKey, isSubscribed: found !== undefined, language: found?.language ?? null };
  }

  @Mutation(() => WebPush, {
    description: `Sends messages to this browser until its session ends. Of whom a proxy signs in, they end by unsubscribeFromPush. At most ${MAX_PUSH_SUBSCRIPTIONS} browsers of an account get messages: a further one takes the place of the oldest. Guests and API keys may not.`,
  })
  async subscribeToPush(
    @Arg('subscription', () => PushSubscriptionInput) input: PushSubscriptionInput,
    @Ctx() context: RequestContext,
  ): Promise<WebPush> {
    const { userId, sessionId = null } = await requireAccount(context);
    const { library, pushKey } = context;
    if (pushKey === undefined) throw new InputError('subscription', 'this server sends no messages to browsers');
    const subscription = readSubscription(input);
    await library.push.subscribe({ ...subscription, userId, sessionId, serverKey: pushKey }, new Date(), MAX_PUSH_SUBSCRIPTIONS);
    return { publicKey: pushKey, isSubscribed: true, language: subscription.language };
  }

  @Mutation(() => Boolean, { description: 'Sends no more messages to this browser. False when it got none.' })
  async unsubscribeFromPush(
    @Arg('endpoint', () => String, { description: 'The address of the browser at its push service.' }) endpoint: string,
    @Ctx() context: RequestContext,
  ): Promise<boolean> {
    const { userId } = await requireAccount(context);
    return context.library.push.unsubscribe(userId, endpoint);
  }
}
