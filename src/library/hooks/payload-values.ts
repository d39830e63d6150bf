import { HookFormatError } from './media-event.ts';

export type Json = Record<string, unknown>;

export const MAX_TITLE = 500;
export const MAX_NAME = 100;
/** IMDb and TMDb number their films within this. Both databases store it. */
const MAX_ID = 2_147_483_647;
const MAX_YEAR = 3_000;
const MIN_YEAR = 1_800;
/** Part of a film after which it counts as watched. */
const FINISHED = 0.8;

export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** Text or a number as text, without NUL and cut to `max` characters. Anything else is empty. */
export function textOf(value: unknown, max: number): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return text.replaceAll('\0', '').trim().slice(0, max);
}

export function numberOf(value: unknown): number | null {
  if (typeof value === 'string' && value.trim() === '') return null;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Templates write "True" and "False". */
export function truthOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' && /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : null;
}

export function yearOf(value: unknown): number | null {
  const year = numberOf(value);
  return year !== null && Number.isInteger(year) && year >= MIN_YEAR && year <= MAX_YEAR ? year : null;
}

/** The number of "603", 603 or "tt0133093"; null when it is none. */
export function idOf(value: unknown): number | null {
  const digits = /^(?:tt)?(\d{1,10})$/i.exec(textOf(value, 20))?.[1];
  const id = Number(digits ?? 0);
  return id > 0 && id <= MAX_ID ? id : null;
}

/** A moment in ISO 8601 with its zone, or seconds since 1970. Other forms are ambiguous. */
export function momentOf(value: unknown): Date | null {
  if (typeof value === 'number') return checkedDate(value * 1_000);
  const text = textOf(value, 40);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i.test(text)) return null;
  return checkedDate(Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')));
}

function checkedDate(time: number): Date | null {
  return time > 0 && time < 8e15 ? new Date(time) : null;
}

/** Ten points as stars in halves; null for no rating. Throws a HookFormatError for more than ten. */
export function starsOf(points: number | null, field: string): number | null {
  if (points === null || points <= 0) return null;
  if (points > 10) throw new HookFormatError(`${field}: is ${points}; expected a number from 0 to 10`);
  return Math.max(1, Math.round(points)) / 2;
}

export function isFinished(position: number | null, length: number | null): boolean {
  return position !== null && length !== null && length > 0 && position / length >= FINISHED;
}
