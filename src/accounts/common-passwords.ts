/** The shortest password that the auth library accepts. Shorter ones need no look-up. */
export const MIN_PASSWORD_LENGTH = 8;

let common: Promise<ReadonlySet<string>> | undefined;

/** Whether guessing programs try this password first: it is on a list of the commonest, in whatever case. */
export async function isCommonPassword(password: string): Promise<boolean> {
  common ??= load();
  return (await common).has(password.toLowerCase());
}

/** Loaded when somebody first chooses a password: unpacking the list would make each start slower. */
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].filter(({ length }) => length >= MIN_PASSWORD_LENGTH));
}
