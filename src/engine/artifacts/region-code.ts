/** Codes that people write, and that ISO 3166-1 and TMDb do not know. `region_code` of merge/tables.sql has the same. */
const ALIASES: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/** The code of ISO 3166-1 that the text means: " uk " is GB. Whether there is such a country is not checked. */
export function regionCodeOf(text: string): string {
  const upper = text.trim().toUpperCase();
  return ALIASES[upper] ?? upper;
}
