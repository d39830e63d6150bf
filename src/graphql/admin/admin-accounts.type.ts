import { GraphQLDateTime } from 'graphql-scalars';
import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import type { AccountSummary } from '../../accounts/administration/account-directory.ts';
import type { Invitation as OpenInvitation } from '../../accounts/administration/invitations.ts';
import { MAX_METHODS_OF_AN_ACCOUNT } from '../../list-caps.ts';
import { AccountRole, type AccountRoleValue, accountRole } from '../account/account-role.type.ts';
import { RegistrationMode, type RegistrationModeValue } from '../account/sign-in-options.type.ts';
import { PageInfo } from '../paging/page-info.type.ts';

@ObjectType({ simpleResolvers: true, description: 'An account as admins see it: nothing of its likes, watchlist and preferences.' })
export class Account {
  constructor({ id, name, email, emailVerified, role, disabled, createdAt, lastSeenAt, sessions, apiKeys, methods }: AccountSummary) {
    this.id = id;
    this.name = name;
    this.email = email;
    this.emailVerified = emailVerified;
    this.role = accountRole(role);
    this.disabled = disabled;
    this.createdAt = createdAt;
    this.lastSeenAt = lastSeenAt;
    this.sessionCount = sessions;
    this.apiKeyCount = apiKeys;
    this.signInMethods = methods.slice(0, MAX_METHODS_OF_AN_ACCOUNT);
  }

  @Field(() => ID)
  readonly id: string;

  @Field(() => String)
  readonly name: string;

  @Field(() => String)
  readonly email: string;

  @Field(() => Boolean, { description: 'Whether somebody proved that the address is theirs.' })
  readonly emailVerified: boolean;

  @Field(() => AccountRole)
  readonly role: AccountRoleValue;

  @Field(() => Boolean, { description: 'A disabled account cannot sign in. Its keys and tokens are refused.' })
  readonly disabled: boolean;

  @Field(() => GraphQLDateTime)
  readonly createdAt: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Exact to a day. Null when the account has neither a session nor a used key.',
  })
  readonly lastSeenAt: Date | null;

  @Field(() => Int)
  readonly sessionCount: number;

  @Field(() => Int)
  readonly apiKeyCount: number;

  @Field(() => [String], { description: "'password' and ids of providers." })
  @Extensions({ listLength: MAX_METHODS_OF_AN_ACCOUNT })
  readonly signInMethods: string[];
}

@ObjectType({ simpleResolvers: true })
export class AccountEdge {
  @Field(() => String, { description: 'Pass it as `after` to get the accounts after this one.' })
  cursor!: string;

  @Field(() => Account)
  node!: Account;
}

@ObjectType({ simpleResolvers: true, description: 'A page of the accounts, by e-mail address.' })
export class AccountConnection {
  @Field(() => [AccountEdge])
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  edges!: AccountEdge[];

  @Field(() => [Account], { description: 'The accounts without their cursors.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  nodes!: Account[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'Number of accounts that match.' })
  totalCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'An invitation that waits for somebody. Its link was shown once.' })
export class Invitation {
  constructor({ id, email, role, createdAt, expiresAt }: OpenInvitation) {
    this.id = id;
    this.email = email;
    this.role = accountRole(role);
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
  }

  @Field(() => ID)
  readonly id: string;

  @Field(() => String, { nullable: true, description: 'Only this address may use it; null: any address.' })
  readonly email: string | null;

  @Field(() => AccountRole, { description: 'The role of the new account.' })
  readonly role: AccountRoleValue;

  @Field(() => GraphQLDateTime)
  readonly createdAt: Date;

  @Field(() => GraphQLDateTime)
  readonly expiresAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'A link to hand over. It works once, and is shown only now.' })
export class HandedLink {
  @Field(() => String)
  url!: string;

  @Field(() => GraphQLDateTime)
  expiresAt!: Date;

  @Field(() => String, { nullable: true, description: 'The server mails a link to this address as well; null: it does not.' })
  mailedTo!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Who may create an account.' })
export class RegistrationSetting {
  @Field(() => RegistrationMode)
  mode!: RegistrationModeValue;

  @Field(() => Boolean, { description: 'Whether the setting REGISTRATION decides, so that `setRegistration` cannot.' })
  isFixed!: boolean;
}
