import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Regions } from '../../cli/region.ts';
import { writeAtomically } from '../../cli/stage.ts';
import { toCsvLine } from '../../data/csv-table.ts';
import type { JournalEntry } from './journal.ts';
import { readTable } from './raw-table.ts';

const COLUMNS = ['tmdb_id', 'region', 'kind', 'provider_id', 'service', 'since', 'left_at'] as const;
/** Rows of offers that ended longer ago are deleted. */
const MAX_DAYS_AFTER_END = 365;

interface Row {
  readonly tmdbId: number;
  readonly region: string;
  readonly kind: string;
  readonly providerId: number;
  readonly service: string;
  /** The day of the first fetch that found the offer. */
  readonly since: string;
  /** The day of the first fetch that no longer found it; empty: the offer stands. */
  readonly leftAt: string;
}

export interface OfferChanges {
  begun: number;
  ended: number;
}

/**
 * Brings availability.csv up to date with the fetched movies: a new offer begins today, an offer that is gone ends today, one that came
 * back begins anew. Rows of other movies and of other regions stay. Returns how many began and ended.
 */
export async function updateAvailability(
  path: string,
  entries: readonly JournalEntry[],
  regions: Regions,
  today: Date,
  signal: AbortSignal,
): Promise<OfferChanges> {
  const day = dayOf(today);
  const oldest = dayOf(new Date(today.getTime() - MAX_DAYS_AFTER_END * 86_400_000));
  const fetched = new Map(entries.map(({ id, offers = [] }) => [id, offers]));
  const isFetched = (row: Row): boolean => fetched.has(row.tmdbId) && (regions === 'all' || regions.includes(row.region));
  const rows: Row[] = [];
  const standing = new Map<string, Row>();
  for (const row of (await readTable(path, ['tmdb_id', 'region', 'kind', 'provider_id'], signal)).map(rowOf)) {
    if (row.leftAt !== '' && row.leftAt < oldest) continue;
    if (isFetched(row) && row.leftAt === '') standing.set(keyOf(row), row);
    else rows.push(row);
  }
  let begun = 0;
  for (const [tmdbId, offers] of fetched) {
    for (const offer of offers) {
      const key = keyOf({ tmdbId, ...offer });
      if (!standing.has(key)) begun++;
      rows.push({ tmdbId, ...offer, since: standing.get(key)?.since ?? day, leftAt: '' });
      standing.delete(key);
    }
  }
  for (const row of standing.values()) rows.push({ ...row, leftAt: day });
  rows.sort((a, b) => a.tmdbId - b.tmdbId || compare(orderOf(a), orderOf(b)));
  const lines = rows.map((row) =>
    toCsvLine([String(row.tmdbId), row.region, row.kind, String(row.providerId), row.service, row.since, row.leftAt]),
  );
  await mkdir(dirname(path), { recursive: true });
  await writeAtomically(path, [toCsvLine(COLUMNS), ...lines].join(''));
  return { begun, ended: standing.size };
}

function rowOf(row: ReadonlyMap<string, string>): Row {
  const text = (name: (typeof COLUMNS)[number]): string => row.get(name) ?? '';
  return {
    tmdbId: Number(text('tmdb_id')),
    region: text('region'),
    kind: text('kind'),
    providerId: Number(text('provider_id')),
    service: text('service'),
    since: text('since'),
    leftAt: text('left_at'),
  };
}

function keyOf({ tmdbId, region, kind, providerId }: Pick<Row, 'tmdbId' | 'region' | 'kind' | 'providerId'>): string {
  return `${tmdbId} ${region} ${kind} ${providerId}`;
}

function orderOf({ region, kind, providerId, since }: Row): string {
  return `${region} ${kind} ${String(providerId).padStart(10, '0')} ${since}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
