import { monthNumber } from './month-names.ts';

/** Which number comes first in a date such as 05/03/2024. */
export type DateOrder = 'DAY_FIRST' | 'MONTH_FIRST';

/** Milliseconds of a day. A stored time of exactly midnight UTC means that only the day is known. */
const DAY_MS = 86_400_000;
/** The day has begun somewhere on Earth this long before it begins in UTC. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;
/** No date that is read has more characters. */
const MAX_CHARACTERS = 80;

const CLOCK = '(?:[T ,]+(\\S.*))?$';
const YEAR_FIRST = new RegExp(`^(\\d{4})[-/.] ?(\\d{1,2})[-/.] ?(\\d{1,2})\\.?${CLOCK}`);
const COMPACT = /^((?:19|20)\d\d)(\d\d)(\d\d)$/;
const WITH_CHARACTERS = /^(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일](?: *(\S.*))?$/;
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.]) ?(\\d{1,2})\\2 ?(\\d{4}|\\d\\d)${CLOCK}`);
/** "5 March 2024", "5. März 2024", "5 de marzo de 2024", "5-Mar-24", "5 марта 2024 г." */
const DAY_AND_NAME = new RegExp(
  `^(\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?[ -]+(?:de |d')?(\\p{L}+)\\.?,?(?: del?)?[ -]+(\\d{4}|\\d\\d)(?: ?[гр]\\.)?${CLOCK}`,
  'iu',
);
const NAME_AND_DAY = new RegExp(`^(\\p{L}+)\\.?[ -]+(\\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\\d{4})${CLOCK}`, 'iu');
const YEAR_AND_NAME = new RegExp(`^(\\d{4})[ -]+(\\p{L}+)\\.?[ -]+(\\d{1,2})${CLOCK}`, 'iu');
/** "Tue, ", "dimanche, ", and "Tue " as JavaScript writes it. */
const WEEKDAY = /^(?:\p{L}{2,14}\.?, *|(?:sun|mon|tue|wed|thu|fri|sat)[a-z]* +)(?=[\p{L}\d])/iu;
const ZONED_CLOCK =
  /^(?:at )?(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)? *(?:([ap])\.?m\.?)? *(?:(?:utc|gmt)?([+-])(\d\d):?(\d\d)|utc|gmt|z)(?: *\(.*\))?$/i;

/**
 * The date that the text states, or null when it states none. A day without a time, and a time without a zone, become midnight UTC of
 * that day: the zone is not guessed. Slashes and dashes need `order` unless one number is above 12; dots have the day first. Months may have
 * their name in many languages.
 */
export function historyDate(text: string, order: DateOrder | undefined, now = Date.now()): Date | null {
  const time = timeOf(text.trim(), order);
  return time === undefined || Number.isNaN(time) || time < 0 || time > now + EARLIEST_ZONE_MS ? null : new Date(time);
}

/** Whether only the day of the date is known. */
export function isDayOnly(date: Date): boolean {
  return date.getTime() % DAY_MS === 0;
}

/** "2024-03-05" for a day, the moment in ISO 8601 for a date with a time. */
export function dateText(date: Date): string {
  return isDayOnly(date) ? date.toISOString().slice(0, 10) : date.toISOString();
}

/** What order the dates of a column have. "ambiguous" when no date tells. */
export function dateOrderOf(texts: Iterable<string>): DateOrder | 'ambiguous' | 'unneeded' {
  let ambiguous = false;
  for (const text of texts) {
    const match = YEAR_LAST.exec(text.trim().slice(0, MAX_CHARACTERS).replace(WEEKDAY, ''));
    if (match === null || match[2] === '.') continue;
    const [first, second] = [Number(match[1]), Number(match[3])];
    const isWhole = match[4].length > 2;
    if (isWhole && first > 12 && second <= 12) return 'DAY_FIRST';
    if (isWhole && second > 12 && first <= 12) return 'MONTH_FIRST';
    if (!isWhole || first !== second) ambiguous = true;
  }
  return ambiguous ? 'ambiguous' : 'unneeded';
}

/** A day, and the text of the clock beside it. */
interface StatedDay {
  year: number;
  month: number;
  day: number;
  clock: string | undefined;
}

function timeOf(text: string, order: DateOrder | undefined): number | undefined {
  if (text === '' || text.length > MAX_CHARACTERS) return undefined;
  // Seconds or milliseconds since 1970.
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1_000;
  if (/^\d{12,13}$/.test(text)) return Number(text);
  const stated = statedDay(text.replace(WEEKDAY, ''), order) ?? statedDay(text, order);
  if (stated === undefined) return undefined;
  const midnight = dayOf(stated);
  return midnight === undefined || stated.clock === undefined ? midnight : midnight + clockOf(stated.clock);
}

function statedDay(text: string, order: DateOrder | undefined): StatedDay | undefined {
  const yearFirst = YEAR_FIRST.exec(text) ?? COMPACT.exec(text) ?? WITH_CHARACTERS.exec(text);
  if (yearFirst !== null) {
    const [, year, month, day, clock] = yearFirst;
    return { year: Number(year), month: Number(month), day: Number(day), clock };
  }
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast !== null) {
    const [, first, , second, year, clock] = yearLast;
    const known = knownOrder(yearLast, order);
    if (known === undefined) return undefined;
    const [day, month] = known === 'DAY_FIRST' ? [first, second] : [second, first];
    return { year: wholeYear(year), month: Number(month), day: Number(day), clock };
  }
  const [, dayFirst, name, lastYear, clock] = DAY_AND_NAME.exec(text) ?? [];
  if (name !== undefined) return { year: wholeYear(lastYear), month: monthNumber(name), day: Number(dayFirst), clock };
  const [, firstName, middleDay, endYear, endClock] = NAME_AND_DAY.exec(text) ?? [];
  if (firstName !== undefined) return { year: Number(endYear), month: monthNumber(firstName), day: Number(middleDay), clock: endClock };
  const [, firstYear, middleName, lastDay, lastClock] = YEAR_AND_NAME.exec(text) ?? [];
  if (middleName === undefined) return undefined;
  return { year: Number(firstYear), month: monthNumber(middleName), day: Number(lastDay), clock: lastClock };
}

/** The order of a date that ends with its year. Undefined when it can have either. */
function knownOrder([, first, separator, second, year]: readonly string[], order: DateOrder | undefined): DateOrder | undefined {
  if (separator === '.') return 'DAY_FIRST';
  // A year of two digits may be the first number as well, so numbers above 12 tell nothing.
  if (year.length === 2) return order;
  if (Number(first) > 12) return 'DAY_FIRST';
  return Number(second) > 12 || first === second ? 'MONTH_FIRST' : order;
}

/** "24" is 2024, and "85" is 1985 until 2085. */
function wholeYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year > new Date().getUTCFullYear() - 2_000 ? 1_900 + year : 2_000 + year;
}

/** Midnight UTC of the day, or undefined when there is no such day. */
function dayOf({ year, month, day }: StatedDay): number | undefined {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time : undefined;
}

/** Milliseconds from midnight UTC to a time with a zone. 0 for a time without one, NaN for a time that no clock shows. */
function clockOf(text: string): number {
  const match = ZONED_CLOCK.exec(text.trim());
  if (match === null) return 0;
  const [, hour, minute, second = '0', fraction = '0', half, sign, zoneHour = '0', zoneMinute = '0'] = match;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (Number(hour) > (half === undefined ? 23 : 12) || Number(minute) > 59 || Number(second) > 59) return Number.NaN;
  const zone = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1);
  return (hours * 60 + Number(minute) - zone) * 60_000 + Number(second) * 1_000 + Math.floor(Number(`0.${fraction}`) * 1_000);
}
