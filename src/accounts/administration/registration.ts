import type { Invitation, Invitations } from './invitations.ts';
import type { Ownership } from './ownership.ts';
import type { SettingsStore } from './settings-store.ts';

export const REGISTRATION_MODES = ['open', 'invite', 'closed'] as const;
export type RegistrationMode = (typeof REGISTRATION_MODES)[number];

/** Name of the stored setting. */
const SETTING = 'registration';

export interface Applicant {
  email: string;
  invitation: string | undefined;
  /** A provider said that the person belongs to an allowed group or domain. */
  isVouchedFor: boolean;
}

/** Why an account is refused. The code is part of the API. */
export interface Refusal {
  code: 'REGISTRATION_CLOSED' | 'INVITATION_REQUIRED' | 'INVITATION_INVALID';
  message: string;
}

export type Admission = { admitted: true; invitation: Invitation | undefined } | { admitted: false; refusal: Refusal };

interface RegistrationParts {
  /** REGISTRATION. It wins over what the owner chose. */
  fixedMode: RegistrationMode | undefined;
  settings: SettingsStore;
  ownership: Ownership;
  invitations: Invitations;
}

/** Who may create an account. */
export class Registration {
  readonly #parts: RegistrationParts;

  constructor(parts: RegistrationParts) {
    this.#parts = parts;
  }

  /** Whether REGISTRATION decides, so that the owner cannot. */
  get isFixed(): boolean {
    return this.#parts.fixedMode !== undefined;
  }

  async mode(): Promise<RegistrationMode> {
    const { fixedMode, settings, ownership } = this.#parts;
    const chosen = fixedMode ?? (await settings.get(SETTING));
    const known = REGISTRATION_MODES.find((mode) => mode === chosen);
    if (known !== undefined) return known;
    // The address of OWNER_EMAIL is admitted in any case.
    return ownership.isNamed('') === undefined && !(await ownership.hasAccounts()) ? 'open' : 'invite';
  }

  async choose(mode: RegistrationMode): Promise<void> {
    await this.#parts.settings.set(SETTING, mode);
  }

  /** Decides about a new account, and uses its invitation. */
  async admit({ email, invitation: token, isVouchedFor }: Applicant): Promise<Admission> {
    const { ownership, invitations } = this.#parts;
    if (ownership.isNamed(email) === true && !(await ownership.hasOwner())) return { admitted: true, invitation: undefined };
    const mode = await this.mode();
    if (mode === 'closed') return refused('REGISTRATION_CLOSED', 'This server takes no new accounts.');
    const invitation = token === undefined ? undefined : await invitations.redeem(token, email);
    if (mode === 'open' || isVouchedFor || invitation !== undefined) return { admitted: true, invitation };
    return token === undefined
      ? refused('INVITATION_REQUIRED', 'A new account takes an invitation. Ask whoever runs this server for a link.')
      : refused('INVITATION_INVALID', 'The invitation is used, expired, or for another address. Ask for a new link.');
  }
}

function refused(code: Refusal['code'], message: string): Admission {
  return { admitted: false, refusal: { code, message } };
}
