import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { RegistrationMode as Mode } from '../../accounts/administration/registration.ts';

export type RegistrationModeValue = Uppercase<Mode>;

export const RegistrationMode: { [M in RegistrationModeValue]: M } = { OPEN: 'OPEN', INVITE: 'INVITE', CLOSED: 'CLOSED' };

registerEnumType(RegistrationMode, {
  name: 'RegistrationMode',
  description: 'Who may create an account.',
  valuesConfig: {
    OPEN: { description: 'Everybody.' },
    INVITE: { description: 'Whoever has an invitation.' },
    CLOSED: { description: 'Nobody.' },
  },
});

const VALUES: { [M in Mode]: RegistrationModeValue } = { open: 'OPEN', invite: 'INVITE', closed: 'CLOSED' };
const MODES: { [V in RegistrationModeValue]: Mode } = { OPEN: 'open', INVITE: 'invite', CLOSED: 'closed' };

export function registrationMode(mode: Mode): RegistrationModeValue {
  return VALUES[mode];
}

export function modeNamed(value: RegistrationModeValue): Mode {
  return MODES[value];
}

@ObjectType({ simpleResolvers: true, description: 'How people get into this server.' })
export class SignInOptions {
  @Field(() => RegistrationMode)
  registration!: RegistrationModeValue;

  @Field(() => Boolean, { description: 'Whether the server sends mail: invitations, and links for forgotten passwords.' })
  mail!: boolean;

  @Field(() => Boolean, { description: 'Whether a visitor may begin as a guest.' })
  guests!: boolean;

  @Field(() => Boolean, { description: 'Whether accounts sign in with e-mail and password.' })
  passwords!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The code of the reason why the person was refused whom the forward-auth proxy named; null: nobody was.',
  })
  refusal!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'An invitation that can still be used.' })
export class OpenInvitation {
  @Field(() => String, { nullable: true, description: 'Only this address may use it; null: any address.' })
  email!: string | null;

  @Field(() => GraphQLDateTime)
  expiresAt!: Date;
}
