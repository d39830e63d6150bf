/** Which number comes first in a date such as 05/03/2024. */
export type DateOrder = 'DAY_FIRST' | 'MONTH_FIRST';

/** Milliseconds of a day. A stored time of exactly midnight UTC means that only the day is known. */
const DAY_MS = 86_400_000;
/** The day has begun somewhere on Earth this long before it begins in UTC. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}:\d{2}.*))?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,]+(\d{1,2}:\d{2}.*))?$/;
const DAY_MONTH_NAME = /^(\d{1,2})(?:st|nd|rd|th)?[ .-]+([a-z]{3,9})\.?,?[ -]+(\d{4})(?:[T ,]+.*)?$/i;
const MONTH_NAME_DAY = /^([a-z]{3,9})\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})(?:[T ,]+.*)?$/i;
const WITH_ZONE = /(?:z|[+-]\d{2}:?\d{2}|utc|gmt)$/i;

/**
 * The date that the text states, or null when it states none. A day without a time, and a time without a zone, become midnight UTC of
 * that day: the zone is not guessed. Slashes and dashes need `order` unless one number is above 12; dots have the day first.
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
    const match = YEAR_LAST.exec(text.trim());
    if (match === null || match[2] === '.') continue;
    const [first, second] = [Number(match[1]), Number(match[3])];
    if (first > 12 && second <= 12) return 'DAY_FIRST';
    if (second > 12 && first <= 12) return 'MONTH_FIRST';
    if (first !== second) ambiguous = true;
  }
  return ambiguous ? 'ambiguous' : 'unneeded';
}

function timeOf(text: string, order: DateOrder | undefined): number | undefined {
  // Seconds or milliseconds since 1970.
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1_000;
  if (/^\d{12,13}$/.test(text)) return Number(text);
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, year, month, day, clock] = yearFirst;
    if (clock !== undefined && WITH_ZONE.test(clock)) return Date.parse(`${year}-${pad(month)}-${pad(day)}T${clock.replace(/\s+/g, '')}`);
    return dayOf(Number(year), Number(month), Number(day));
  }
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast !== null) {
    const [first, second, year] = [Number(yearLast[1]), Number(yearLast[3]), Number(yearLast[4])];
    const known = yearLast[2] === '.' || first > 12 ? 'DAY_FIRST' : second > 12 ? 'MONTH_FIRST' : order;
    if (first === second) return dayOf(year, first, first);
    if (known === undefined) return undefined;
    return known === 'DAY_FIRST' ? dayOf(year, second, first) : dayOf(year, first, second);
  }
  const dayMonth = DAY_MONTH_NAME.exec(text);
  if (dayMonth !== null) return dayOf(Number(dayMonth[3]), monthOf(dayMonth[2]), Number(dayMonth[1]));
  const monthDay = MONTH_NAME_DAY.exec(text);
  if (monthDay !== null) return dayOf(Number(monthDay[3]), monthOf(monthDay[1]), Number(monthDay[2]));
  return undefined;
}

/** Midnight UTC of the day, or undefined when there is no such day. */
function dayOf(year: number, month: number, day: number): number | undefined {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time : undefined;
}

/** 1 for "Mar" or "March" and so on; 0 for a word that is no month. */
function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function pad(number: string): string {
  return number.padStart(2, '0');
}
