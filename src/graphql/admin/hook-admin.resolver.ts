import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Resolver } from 'type-graphql';
import { InputError, quoted } from '../../input-error.ts';
import { type HookUser as HookUserRecord, SERVER } from '../../library/hooks/hook-store.ts';
import { createServerHook, serverHookEvents } from '../../library/hooks/hooks.ts';
import type { MediaSource as MediaSourceValue } from '../../library/hooks/media-event.ts';
import { takeWaiting } from '../../library/hooks/waiting-events.ts';
import { checkedFirst, checkedOffset, MAX_HOOK_USERS } from '../../list-caps.ts';
import { requireAdministrator } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Hook, MediaSource, NewHook } from '../library/hook.type.ts';
import { Admin } from './admin.resolver.ts';
import { HookUser, ServerHookEvent } from './hook-admin.type.ts';

const STATEMENTS_COST = 20;
const ACTION_COST = 50;
/** All events that wait are looked up. */
const MAP_COST = 1_000;

/** The hook of the whole server, and whose events its users send. */
@Resolver(() => Admin)
export class HookAdminResolver {
  @FieldResolver(() => Hook, { nullable: true, description: 'The hook for all users of a media server; null when there is none.' })
  @Extensions({ cost: STATEMENTS_COST })
  async hook(@Ctx() { library }: RequestContext): Promise<Hook | null> {
    const hook = await library.hooks.find(SERVER);
    return hook === undefined ? null : new Hook(hook);
  }

  @FieldResolver(() => [HookUser], { description: 'The users whose events came, those without an account first.' })
  @Extensions({ cost: STATEMENTS_COST, listLength: MAX_HOOK_USERS })
  hookUsers(@Ctx() context: RequestContext): Promise<HookUser[]> {
    return withAddresses(context);
  }

  @FieldResolver(() => [ServerHookEvent], {
    description: 'Events of the hook that no account has, the last first. The last 500 are kept, and 1,000 that wait.',
  })
  @Extensions({ cost: STATEMENTS_COST, listLength: { argument: 'first' } })
  async hookEvents(
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'Events before the first.' }) offset: number,
    @Ctx() context: RequestContext,
  ): Promise<ServerHookEvent[]> {
    return (await serverHookEvents(context, checkedFirst(first), checkedOffset(offset))).map((event) => new ServerHookEvent(event));
  }

  @Mutation(() => NewHook, { description: 'Makes the hook for all users of a media server. The one before ends.' })
  @Extensions({ cost: ACTION_COST })
  async createServerHook(@Ctx() context: RequestContext): Promise<NewHook> {
    const actor = await requireAdministrator(context);
    const made = await createServerHook(context);
    await context.administration.audit.add(actor, 'hook.create', made.hook.start);
    return new NewHook(made);
  }

  @Mutation(() => Boolean, { description: 'Ends the hook of the server at once. False when there was none.' })
  @Extensions({ cost: ACTION_COST })
  async revokeServerHook(@Ctx() context: RequestContext): Promise<boolean> {
    const actor = await requireAdministrator(context);
    const revoked = await context.library.hooks.revoke(SERVER);
    if (revoked) await context.administration.audit.add(actor, 'hook.revoke', '');
    return revoked;
  }

  @Mutation(() => HookUser, {
    description: 'Says which account gets the events of a user of the media server, also those that waited. Null: none from now on.',
  })
  @Extensions({ cost: MAP_COST })
  async mapHookUser(
    @Arg('source', () => MediaSource) source: MediaSourceValue,
    @Arg('name', () => String, { description: 'The name at the media server.' }) name: string,
    @Arg('userId', () => ID, { nullable: true }) userId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<HookUser> {
    const actor = await requireAdministrator(context);
    const { hooks } = context.library;
    const account = userId == null ? null : await context.administration.accounts.find(userId);
    if (account === undefined) throw new InputError('userId', `is ${quoted(userId ?? '')}; there is no account with this id`);
    if (!(await hooks.mapUser(source, name, account?.id ?? null)))
      throw new InputError('name', `is ${quoted(name)}; no such user has sent an event to the hook of the server`);
    await context.administration.audit.add(actor, 'hook.map-user', `${source} ${name}`.slice(0, 200), account?.email ?? '');
    if (account !== null) await takeWaiting(hooks, context.snapshot, account.id);
    const user = (await withAddresses(context)).find(
      (one) => one.source === source && one.name.toLowerCase() === name.trim().toLowerCase(),
    );
    if (user === undefined) throw new InputError('name', `is ${quoted(name)}; this user is no longer listed`);
    return user;
  }
}

async function withAddresses({ library, administration }: RequestContext): Promise<HookUser[]> {
  const users = await library.hooks.users();
  const emails = await administration.accounts.emailsOf(users.flatMap(({ userId }: HookUserRecord) => userId ?? []));
  return users.map((user) => ({ ...user, email: user.userId === null ? null : (emails.get(user.userId) ?? null) }));
}
