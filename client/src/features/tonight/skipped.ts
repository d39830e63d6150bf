const KEY = 'tonight';
/** More would only be movies that nobody gets to see. */
const MAX = 300;

interface Skipped {
  /** The day of the evening, as "2026-11-27". */
  day: string;
  ids: string[];
}

/** The movies that are not for tonight. An evening lasts until five in the morning. */
export function skippedTonight(now = new Date()): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return isSkipped(kept) && kept.day === eveningOf(now) ? kept.ids : [];
  } catch {
    return [];
  }
}

export function skipTonight(id: string, now = new Date()): string[] {
  return keep([...skippedTonight(now).filter((other) => other !== id), id].slice(-MAX), now);
}

export function unskip(id: string, now = new Date()): string[] {
  return keep(
    skippedTonight(now).filter((other) => other !== id),
    now,
  );
}

export function forgetSkipped(): void {
  localStorage.removeItem(KEY);
}

function keep(ids: string[], now: Date): string[] {
  localStorage.setItem(KEY, JSON.stringify({ day: eveningOf(now), ids } satisfies Skipped));
  return ids;
}

function eveningOf(now: Date): string {
  const day = new Date(now.getTime() - 5 * 3_600_000);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}

function isSkipped(value: unknown): value is Skipped {
  if (typeof value !== 'object' || value === null || !('day' in value) || !('ids' in value)) return false;
  return typeof value.day === 'string' && Array.isArray(value.ids) && value.ids.every((id) => typeof id === 'string');
}
