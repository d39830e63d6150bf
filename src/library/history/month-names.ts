/** Languages whose names of months are read. */
const LANGUAGES = 'en en-GB ar bg ca cs da de el es fi fr hu id it nb nl pl pt ro ru sk sv tr uk'.split(' ');
const FORMS: readonly Intl.DateTimeFormatOptions[] = [
  { month: 'long' },
  { month: 'short' },
  // Slavic languages have another form of the name beside a day.
  { month: 'long', day: 'numeric' },
  { month: 'short', day: 'numeric' },
];

let numbers: ReadonlyMap<string, number> | undefined;

/** 1 for "Mar", "March", "März" or "марта" and so on. 0 for a word that names no month, or different ones in two languages. */
export function monthNumber(name: string): number {
  numbers ??= monthNumbers();
  return numbers.get(keyOf(name)) ?? 0;
}

function monthNumbers(): Map<string, number> {
  const found = new Map<string, number>();
  for (const language of LANGUAGES)
    for (const form of FORMS) {
      const format = new Intl.DateTimeFormat(language, { ...form, calendar: 'gregory', timeZone: 'UTC' });
      for (let month = 1; month <= 12; month++) {
        const name = format.formatToParts(Date.UTC(2000, month - 1, 2)).find(({ type }) => type === 'month')?.value ?? '';
        const key = keyOf(name);
        found.set(key, (found.get(key) ?? month) === month ? month : 0);
      }
    }
  return found;
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/\.$/, '');
}
