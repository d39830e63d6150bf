import { readFileSync, statSync } from 'node:fs';
import { CliError, usageError } from './cli-error.ts';

const MAX_BYTES = 65_536;

/** The secret in a variable, or in the file that NAME_FILE names, as container platforms hand secrets out. Undefined when neither is set. */
export function secretOf(name: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const file = environment[`${name}_FILE`] || undefined;
  const value = environment[name] || undefined;
  if (file === undefined) return value;
  const refused = (problem: string) => usageError(`${name}_FILE=${file}: ${problem}`);
  if (value !== undefined) throw refused(`set only one of ${name} and ${name}_FILE`);
  let text: string;
  try {
    if (statSync(file).size > MAX_BYTES) throw refused(`this file has more than ${MAX_BYTES} bytes; it holds no secret`);
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw error instanceof CliError
      ? error
      : refused(`this file cannot be read (${error instanceof Error && 'code' in error ? error.code : String(error)})`);
  }
  if (text === '') throw refused('this file is empty');
  return text;
}
