import { parseArgs } from 'node:util';
import { usageError } from './cli-error.ts';
import { didYouMean } from './did-you-mean.ts';

interface OptionSpecification {
  readonly type: 'string' | 'boolean';
  readonly required?: boolean;
}

type Specification = Readonly<Record<string, OptionSpecification>>;

type Values<S extends Specification> = {
  readonly [K in keyof S]: S[K]['type'] extends 'boolean' ? boolean : S[K]['required'] extends true ? string : string | undefined;
};

/**
 * Parses the options of one command strictly: an unknown or repeated option, a missing value, a missing required option or a
 * stray word is a usage error that names the nearest option there is. Booleans are false when absent.
 */
export function parseArguments<const S extends Specification>(command: string, args: readonly string[], specification: S): Values<S> {
  const seeHelp = `see "npm run pipeline -- ${command} --help"`;
  const { tokens } = parseArgs({ args: [...args], options: { ...specification }, strict: false, tokens: true, allowPositionals: true });
  const values: Record<string, string | boolean | undefined> = {};
  for (const [name, option] of Object.entries(specification)) if (option.type === 'boolean') values[name] = false;
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'positional') throw usageError(`${command}: "${token.value}" is not expected here; ${seeHelp}`);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(specification, token.name) ? specification[token.name] : undefined;
    if (option === undefined)
      throw usageError(`${command}: unknown option ${token.rawName}${suggestion(token.name, specification)}; ${seeHelp}`);
    if (seen.has(token.name)) throw usageError(`${command}: --${token.name} is given twice; give it once`);
    seen.add(token.name);
    if (option.type === 'boolean') {
      if (token.value !== undefined) throw usageError(`${command}: --${token.name} takes no value`);
      values[token.name] = true;
    } else {
      // "--out --force" almost certainly means that the value was forgotten; "--out=--force" still says it on purpose.
      if (token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('--'))) {
        throw usageError(`${command}: --${token.name} needs a value; ${seeHelp}`);
      }
      values[token.name] = token.value;
    }
  }
  for (const [name, option] of Object.entries(specification)) {
    if (option.required && values[name] === undefined) throw usageError(`${command}: --${name} is missing; ${seeHelp}`);
  }
  return values as Values<S>;
}

/** A whole number from an option's text, or a usage error that names the option and the range. Undefined stays undefined. */
export function wholeNumber(command: string, name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw usageError(`${command}: --${name} takes a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

/** A number above 0 from an option's text, or a usage error that names the option. Undefined stays undefined. */
export function positiveNumber(command: string, name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw usageError(`${command}: --${name} takes a number above 0, not "${text}"`);
  return value;
}

function suggestion(name: string, specification: Specification): string {
  const near = didYouMean(name, Object.keys(specification));
  return near === undefined ? '' : `, did you mean --${near}?`;
}
