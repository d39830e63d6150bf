import { Arg, Ctx, Extensions, FieldResolver, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { checkedFirst, MAX_INVITATIONS } from '../../list-caps.ts';
import { registrationMode } from '../account/sign-in-options.type.ts';
import { requireAdministrator } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Account, AccountConnection, Invitation, RegistrationSetting } from './admin-accounts.type.ts';
import { AuditConnection } from './audit.type.ts';
import { keyAfter, keyCursor, keyPage } from './key-paging.ts';

const STATEMENTS_COST = 20;
/** Names and addresses of all are compared with the search. */
const POINTS_OF_AN_ACCOUNT = 0.03;
const POINTS_OF_A_COUNTED_ENTRY = 0.005;
const ACCOUNTS = 'u1';
const AUDIT = 'a1';

@ObjectType({ description: 'What owners and admins see of the server.' })
export class Admin {}

@Resolver(() => Admin)
export class AdminResolver {
  @Query(() => Admin, { description: 'For owners and admins who are signed in. Others get UNAUTHENTICATED or FORBIDDEN.' })
  async admin(@Ctx() context: RequestContext): Promise<Admin> {
    await requireAdministrator(context);
    return new Admin();
  }

  @FieldResolver(() => AccountConnection, { description: 'The accounts of the server, without guests, by e-mail address.' })
  @Extensions({ cost: STATEMENTS_COST })
  async accounts(
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) after: string | null | undefined,
    @Arg('search', () => String, { nullable: true, description: 'Part of a name or an address.' }) search: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<AccountConnection> {
    const [email] = keyAfter(after, ACCOUNTS, 1) ?? [];
    await payForAccounts(context);
    const { accounts, hasNextPage, totalCount } = await context.administration.accounts.page(
      checkedFirst(first),
      email,
      search ?? undefined,
    );
    return keyPage({
      nodes: accounts.map((account) => new Account(account)),
      cursorOf: (account) => keyCursor(ACCOUNTS, [account.email]),
      hasNextPage,
      hasPreviousPage: email !== undefined,
      totalCount,
    });
  }

  @FieldResolver(() => Int, { description: 'Number of guests that have not expired.' })
  @Extensions({ cost: STATEMENTS_COST })
  async guestCount(@Ctx() context: RequestContext): Promise<number> {
    await payForAccounts(context);
    return context.administration.accounts.guestCount();
  }

  @FieldResolver(() => [Invitation], { description: 'Invitations that can still be used, latest first.' })
  @Extensions({ cost: STATEMENTS_COST, listLength: MAX_INVITATIONS })
  async invitations(@Ctx() { administration }: RequestContext): Promise<Invitation[]> {
    return (await administration.invitations.open(MAX_INVITATIONS)).map((invitation) => new Invitation(invitation));
  }

  @FieldResolver(() => RegistrationSetting)
  @Extensions({ cost: STATEMENTS_COST })
  async registration(@Ctx() { administration: { registration } }: RequestContext): Promise<RegistrationSetting> {
    return { mode: registrationMode(await registration.mode()), isFixed: registration.isFixed };
  }

  @FieldResolver(() => AuditConnection, { description: 'What admins did, latest first. /audit.csv has all of it.' })
  @Extensions({ cost: STATEMENTS_COST })
  async auditLog(
    @Arg('first', () => Int, { defaultValue: 50, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of this list.' }) after: string | null | undefined,
    @Ctx() { administration: { audit }, charge }: RequestContext,
  ): Promise<AuditConnection> {
    const [at, id] = keyAfter(after, AUDIT, 2) ?? [];
    const position = at === undefined || id === undefined ? undefined : { at: Number(at) || 0, id };
    const limit = checkedFirst(first) + 1;
    const totalCount = await audit.count();
    await charge(totalCount * POINTS_OF_A_COUNTED_ENTRY);
    const entries = await audit.page(limit, position);
    return keyPage({
      nodes: entries.slice(0, first),
      cursorOf: (entry) => keyCursor(AUDIT, [String(entry.at.getTime()), entry.id]),
      hasNextPage: entries.length > first,
      hasPreviousPage: position !== undefined,
      totalCount,
    });
  }
}

/** Spends the points for a pass over all accounts, before it begins. */
async function payForAccounts({ administration, charge }: RequestContext): Promise<void> {
  await charge((await administration.accounts.size()) * POINTS_OF_AN_ACCOUNT);
}
