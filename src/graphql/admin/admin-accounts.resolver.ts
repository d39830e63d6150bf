import { Arg, Ctx, Extensions, ID, Mutation, Resolver } from 'type-graphql';
import { payToDeleteAll } from '../../library/stored-rows.ts';
import { AccountRole, type AccountRoleValue, roleNamed } from '../account/account-role.type.ts';
import { modeNamed, RegistrationMode, type RegistrationModeValue } from '../account/sign-in-options.type.ts';
import { requireAdministrator } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { administrate } from '../errors.ts';
import { Account, HandedLink, RegistrationSetting } from './admin-accounts.type.ts';

const ACTION_COST = 50;

/** Actions of owners and admins on accounts. Each goes to the audit log. */
@Resolver()
export class AdminAccountsResolver {
  @Mutation(() => RegistrationSetting, { description: 'Decides who may create an account.' })
  @Extensions({ cost: ACTION_COST })
  async setRegistration(
    @Arg('mode', () => RegistrationMode) mode: RegistrationModeValue,
    @Ctx() context: RequestContext,
  ): Promise<RegistrationSetting> {
    const { actions, registration } = context.administration;
    await administrate(actions.chooseRegistration(await requireAdministrator(context), modeNamed(mode)));
    return { mode, isFixed: registration.isFixed };
  }

  @Mutation(() => HandedLink, { description: 'Makes a link that admits one new account within 72 hours. Only owners invite admins.' })
  @Extensions({ cost: ACTION_COST })
  async createInvitation(
    @Arg('email', () => String, { nullable: true, description: 'Only this address may use the link; null: any address.' })
    email: string | null | undefined,
    @Arg('role', () => AccountRole, { defaultValue: AccountRole.MEMBER }) role: AccountRoleValue,
    @Ctx() context: RequestContext,
  ): Promise<HandedLink> {
    const actor = await requireAdministrator(context);
    return administrate(context.administration.actions.invite(actor, email ?? null, roleNamed(role)));
  }

  @Mutation(() => ID, { nullable: true, description: 'Ends an invitation. Null when it is used, expired or revoked.' })
  @Extensions({ cost: ACTION_COST })
  async revokeInvitation(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<string | null> {
    const actor = await requireAdministrator(context);
    return (await administrate(context.administration.actions.revokeInvitation(actor, id)))?.id ?? null;
  }

  @Mutation(() => HandedLink, { description: 'Makes a link with which the account chooses a new password within an hour.' })
  @Extensions({ cost: ACTION_COST })
  async createPasswordResetLink(@Arg('userId', () => ID) userId: string, @Ctx() context: RequestContext): Promise<HandedLink> {
    const actor = await requireAdministrator(context);
    return administrate(context.administration.actions.createResetLink(actor, userId));
  }

  @Mutation(() => Account, { description: 'Only owners give roles. The last owner stays owner.' })
  @Extensions({ cost: ACTION_COST })
  async setAccountRole(
    @Arg('userId', () => ID) userId: string,
    @Arg('role', () => AccountRole) role: AccountRoleValue,
    @Ctx() context: RequestContext,
  ): Promise<Account> {
    const actor = await requireAdministrator(context);
    return new Account(await administrate(context.administration.actions.setRole(actor, userId, roleNamed(role))));
  }

  @Mutation(() => Account, { description: 'Ends the sessions of an account. Its API keys stay.' })
  @Extensions({ cost: ACTION_COST })
  async signOutAccount(@Arg('userId', () => ID) userId: string, @Ctx() context: RequestContext): Promise<Account> {
    const actor = await requireAdministrator(context);
    return new Account(await administrate(context.administration.actions.signOut(actor, userId)));
  }

  @Mutation(() => Account, { description: 'Ends the sessions of an account, and refuses its sign-ins, keys and tokens.' })
  @Extensions({ cost: ACTION_COST })
  async disableAccount(@Arg('userId', () => ID) userId: string, @Ctx() context: RequestContext): Promise<Account> {
    const actor = await requireAdministrator(context);
    return new Account(await administrate(context.administration.actions.disable(actor, userId)));
  }

  @Mutation(() => Account, { description: 'Lets a disabled account sign in again.' })
  @Extensions({ cost: ACTION_COST })
  async enableAccount(@Arg('userId', () => ID) userId: string, @Ctx() context: RequestContext): Promise<Account> {
    const actor = await requireAdministrator(context);
    return new Account(await administrate(context.administration.actions.enable(actor, userId)));
  }

  @Mutation(() => ID, { description: 'Deletes an account with everything that it kept.' })
  @Extensions({ cost: ACTION_COST })
  async deleteAccount(@Arg('userId', () => ID) userId: string, @Ctx() context: RequestContext): Promise<string> {
    const actor = await requireAdministrator(context);
    await payToDeleteAll(context, userId);
    return (await administrate(context.administration.actions.delete(actor, userId))).id;
  }
}
