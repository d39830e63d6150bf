import { parseArgs } from 'node:util';
import { usageError } from './cli-error.ts';
import { didYouMean } from './did-you-mean.ts';

interface OptionSpecification {
  readonly type: 'string' | 'boolean';
  readonly required?: boolean;
  /** Former name of the option, still accepted. */
  readonly formerly?: string;
}

type Specification = Readonly<Record<string, OptionSpecification>>;

export type Values<S extends Specification> = {
  readonly [K in keyof S]: S[K]['type'] extends 'boolean' ? boolean : S[K]['required'] extends true ? string : string | undefined;
};

/**
 * Parses the options of a command strictly. An unknown or repeated option, a missing value, a missing required option or a stray word is
 * a usage error that suggests the closest option. An absent boolean is false.
 */
export function parseArguments<const S extends Specification>(command: string, args: readonly string[], specification: S): Values<S> {
  const seeHelp = `see "npm run pipeline -- ${command} --help"`;
  const currentNames = new Map(Object.entries(specification).map(([name, { formerly = name }]) => [formerly, name]));
  const options = Object.fromEntries(
    Object.entries(specification).flatMap(([name, { type, formerly = name }]) => [
      [name, { type }],
      [formerly, { type }],
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const values: Record<string, string | boolean | undefined> = {};
  for (const [name, option] of Object.entries(specification)) if (option.type === 'boolean') values[name] = false;
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw usageError(`${command}: "${token.value}" is not expected here; ${seeHelp}`);
    if (token.kind !== 'option') continue;
    const name = currentNames.get(token.name) ?? token.name;
    const option = Object.hasOwn(specification, name) ? specification[name] : undefined;
    if (option === undefined)
      throw usageError(`${command}: unknown option ${token.rawName}${suggestion(token.name, specification)}; ${seeHelp}`);
    if (seen.has(name)) throw usageError(`${command}: --${name} is given twice; give it once`);
    seen.add(name);
    if (option.type === 'boolean') {
      if (token.value !== undefined) throw usageError(`${command}: --${name} takes no value`);
      values[name] = true;
    } else {
      // In "--out --force" the value was probably forgotten. "--out=--force" is accepted.
      if (token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('--'))) {
        throw usageError(`${command}: --${name} needs a value; ${seeHelp}`);
      }
      values[name] = token.value;
    }
  }
  for (const [name, option] of Object.entries(specification)) {
    if (option.required && values[name] === undefined) throw usageError(`${command}: --${name} is missing; ${seeHelp}`);
  }
  return values as Values<S>;
}

/** Parses a whole number. The usage error names the option and the range. Undefined stays undefined. */
export function wholeNumber(command: string, name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw usageError(`${command}: --${name} takes a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

/** Parses a number above 0. The usage error names the option. Undefined stays undefined. */
export function positiveNumber(command: string, name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw usageError(`${command}: --${name} takes a number above 0, not "${text}"`);
  return value;
}

/** Parses a number from 0 on. The usage error names the option. Undefined stays undefined. */
export function numberFromZero(command: string, name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) throw usageError(`${command}: --${name} takes a number from 0 on, not "${text}"`);
  return value;
}

/** Parses a day such as 2024-05-31. The usage error names the option. Undefined stays undefined. */
export function day(command: string, name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text)
    throw usageError(`${command}: --${name} takes a day such as 2024-05-31, not "${text}"`);
  return date;
}

/** Parses KEEP_VERSIONS. Undefined stays undefined. */
export function keepVersions(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 1_000) throw usageError(`KEEP_VERSIONS is a whole number from 1 to 1000, not "${text}"`);
  return value;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const MAX_DURATION_SECONDS = 30 * 86_400;

/** Parses a duration such as 24h into milliseconds, from 1 second to 30 days. The usage error names the option. Undefined stays undefined. */
export function duration(command: string, name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, amount, unit] = /^(\d{1,7})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (UNIT_SECONDS[unit] ?? Number.NaN);
  if (!(seconds >= 1 && seconds <= MAX_DURATION_SECONDS))
    throw usageError(`${command}: --${name} takes a time from 1s to 30d, such as 30m, 24h or 7d, not "${text}"`);
  return 1_000 * seconds;
}

/** Parses the highest rating of a ratings file. Undefined stays undefined. */
export function ratingScale(command: string, text: string | undefined): number | undefined {
  const scale = positiveNumber(command, 'scale', text);
  if (scale !== undefined && (scale < 1 || scale > 1000))
    throw usageError(`${command}: --scale takes the highest rating of the file, from 1 to 1000, not "${text}"`);
  return scale;
}

function suggestion(name: string, specification: Specification): string {
  const near = didYouMean(name, Object.keys(specification));
  return near === undefined ? '' : `, did you mean --${near}?`;
}
