/** Commands of `npm run db` about accounts. They are here alone: their code loads the auth library. */
const ACCOUNT_COMMANDS = ['users', 'reset-password', 'make-owner', 'disable', 'enable', 'delete-user', 'invite'] as const;
export type AccountCommand = (typeof ACCOUNT_COMMANDS)[number];

export function accountCommand(command: string): AccountCommand | undefined {
  return ACCOUNT_COMMANDS.find((known) => known === command);
}
