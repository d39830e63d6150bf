import { z } from 'zod';

/** Characters of a name. */
export const MAX_NAME_LENGTH = 80;
/** Characters of the address of a picture. */
const MAX_IMAGE_LENGTH = 2_048;

/** NUL, line ends, direction marks: a name with these would break lists and logs, and PostgreSQL stores no NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

const name = z
  .string('expected text')
  .refine((text) => text.trim() !== '', 'expected at least one visible character')
  .refine((text) => text.length <= MAX_NAME_LENGTH, `expected at most ${MAX_NAME_LENGTH} characters`)
  .refine((text) => !CONTROL.test(text), 'expected no control characters');

const image = z
  .string('expected an https address or null')
  .refine((text) => text.length <= MAX_IMAGE_LENGTH, `expected at most ${MAX_IMAGE_LENGTH} characters`)
  .refine(isHttps, 'expected an https address')
  .nullable();

/** What users may say of themselves, wherever it comes from. */
const profileFields = z.object({ name: name.optional(), image: image.optional() });

/** The first problem of the fields, or undefined. Fields that are not of a profile are not looked at. */
export function profileProblem(fields: object): string | undefined {
  const [issue] = profileFields.safeParse(fields).error?.issues ?? [];
  return issue === undefined ? undefined : `${issue.path.join('.')}: ${issue.message}`;
}

/** Fields as a provider sends them, made to fit: nobody can mend them at the sign-in. */
export function fittingProfile<T extends { name?: string | undefined; image?: string | null | undefined }>(fields: T): T {
  const fitting = { ...fields };
  if (fields.name !== undefined && !name.safeParse(fields.name).success) {
    const visible = [...fields.name].filter((character) => !CONTROL.test(character)).join('');
    fitting.name = visible.trim().slice(0, MAX_NAME_LENGTH).toWellFormed();
  }
  if (fields.image !== undefined && !image.safeParse(fields.image).success) fitting.image = null;
  return fitting;
}

function isHttps(text: string): boolean {
  return !CONTROL.test(text) && URL.canParse(text) && new URL(text).protocol === 'https:';
}
