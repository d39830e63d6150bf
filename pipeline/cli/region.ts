import { regionCodeOf } from '../../src/engine/artifacts/region-code.ts';
import { usageError } from './cli-error.ts';

/** Country codes, in the order given, or every country that there is. */
export type Regions = readonly string[] | 'all';

/** Parses a country code (ISO 3166-1 alpha-2, as TMDb writes it). "UK" means GB. The usage error names the option. */
export function regionCode(command: string, text: string | undefined, option = 'region'): string | undefined {
  if (text === undefined) return undefined;
  const code = regionCodeOf(text);
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  if (!/^[A-Z]{2}$/.test(code) || names.of(code) === undefined)
    throw usageError(`${command}: --${option} takes a country code of two letters, such as US or GB, not "${text}"`);
  return code;
}

/** Parses "US,DE" or "all". Undefined stays undefined. The usage error names the entry. */
export function regionCodes(command: string, text: string | undefined): Regions | undefined {
  if (text === undefined) return undefined;
  if (text.trim().toLowerCase() === 'all') return 'all';
  return [...new Set(text.split(',').map((part) => regionCode(command, part, 'regions') ?? ''))];
}

/** As a record of inputs and the header of a journal name them. */
export function regionsName(regions: Regions): string {
  return regions === 'all' ? 'all' : regions.join(',');
}
