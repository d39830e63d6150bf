import { hash, randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { applyChanges, type LibraryChange, TABLES } from '../library-changes.ts';
import { rowsOfMovies } from '../library-rows.ts';
import { MAX_LIST_LENGTH } from '../library-store.ts';
import type { MovieRecord } from '../named-movie.ts';
import type { HookEventTable, Tables } from '../tables.ts';
import { countAll } from '../watchlist-rows.ts';
import { eventChanges, HOOK_ORIGIN } from './event-changes.ts';
import { EVENT_OUTCOMES, type EventOutcome, type HookEvent, MAX_EVENTS, MAX_WAITING } from './hook-store.ts';
import { MEDIA_SOURCES, type MediaEvent, type MediaSays } from './media-event.ts';

/** An event as it arrives. */
export interface FreshEvent {
  userId: string;
  userKey: string;
  event: MediaEvent;
  /** When it arrived. */
  at: Date;
}

/** Outcomes of events that spoke about a movie. */
const SPOKEN: EventOutcome[] = ['TAKEN', 'SAME', 'KEPT', 'OUTDATED'];

export async function takeEvent(trx: Transaction<Tables>, fresh: FreshEvent, movie: MovieRecord): Promise<HookEvent> {
  const repeated = await repeat(trx, fresh);
  if (repeated !== undefined && repeated.outcome !== 'WAITING') return eventOf(repeated);
  const row = repeated ?? rowOf(fresh);
  const taken = { ...row, movie_id: movie.movieId, outcome: await apply(trx, row, movie) };
  if (repeated === undefined) await insert(trx, taken);
  else await update(trx, taken);
  return eventOf(taken);
}

export async function addEvent(
  trx: Transaction<Tables>,
  fresh: FreshEvent,
  { outcome, detail }: { outcome: EventOutcome; detail: string },
): Promise<HookEvent> {
  // Events that change nothing come in numbers, such as the progress of a playback: one row for all of a kind and film.
  const { name, clues, user } = fresh.event;
  const key = outcome === 'WAITING' ? fresh.event.key : `${outcome} ${name} ${clues.title} ${user}${detail}`;
  const named = { ...fresh, event: { ...fresh.event, key } };
  const repeated = await repeat(trx, named);
  if (repeated !== undefined) return eventOf(repeated);
  const row = { ...rowOf(named), outcome, detail };
  await insert(trx, row);
  return eventOf(row);
}

export async function settleEvent(
  trx: Transaction<Tables>,
  { userId, eventId, movie }: { userId: string; eventId: string; movie: MovieRecord },
): Promise<void> {
  const row = await trx
    .selectFrom('cinematch_hook_events')
    .selectAll()
    .where('user_id', '=', userId)
    .where('event_id', '=', eventId)
    .where('outcome', '=', 'WAITING')
    .executeTakeFirst();
  if (row === undefined) return;
  await update(trx, { ...row, movie_id: movie.movieId, outcome: await apply(trx, row, movie) });
}

/** Events that wait for their movie, by id. */
export function rowsOfEvents(
  kysely: Kysely<Tables>,
  { first, after, userId }: { first: number; after: string; userId: string | undefined },
): Promise<HookEventTable[]> {
  let rows = kysely.selectFrom('cinematch_hook_events').selectAll().where('outcome', '=', 'WAITING').where('event_id', '>', after);
  rows = userId === undefined ? rows.where('user_id', '!=', '') : rows.where('user_id', '=', userId);
  return rows.orderBy('event_id').limit(first).execute();
}

export function eventOf(row: HookEventTable): HookEvent {
  const source = MEDIA_SOURCES.find((one) => one === row.source);
  const outcome = EVENT_OUTCOMES.find((one) => one === row.outcome);
  if (source === undefined || outcome === undefined) throw new Error(`the database holds an unknown event: ${row.source} ${row.outcome}`);
  return {
    eventId: row.event_id,
    source,
    name: row.name,
    mediaUser: row.media_user,
    clues: { title: row.title, year: row.year || null, imdbId: row.imdb_id, tmdbId: row.tmdb_id },
    movieId: row.movie_id,
    says: saysOf(row),
    happenedAt: new Date(row.happened_at),
    receivedAt: new Date(row.received_at),
    deliveries: row.deliveries,
    outcome,
    detail: row.detail,
  };
}

/** The event before, when this is the same again. Counts the delivery. */
async function repeat(trx: Transaction<Tables>, fresh: FreshEvent): Promise<HookEventTable | undefined> {
  const { event_key } = rowOf(fresh);
  if (event_key === null) return undefined;
  const own = trx.selectFrom('cinematch_hook_events').selectAll().where('user_id', '=', fresh.userId).where('event_key', '=', event_key);
  const known = await own.executeTakeFirst();
  if (known === undefined) return undefined;
  const repeated = { ...known, deliveries: known.deliveries + 1, received_at: fresh.at.getTime() };
  await update(trx, repeated);
  return repeated;
}

/** Changes the library as the event says. */
async function apply(trx: Transaction<Tables>, row: HookEventTable, movie: MovieRecord): Promise<EventOutcome> {
  const says = saysOf(row);
  const later = await trx
    .selectFrom('cinematch_hook_events')
    .select('says')
    .where('user_id', '=', row.user_id)
    .where('movie_id', '=', movie.movieId)
    .where('happened_at', '>', row.happened_at)
    .where('outcome', 'in', SPOKEN)
    .execute();
  const spoken = later.map(saysOf);
  const outdated = {
    liked: says.liked !== undefined && spoken.some(({ liked }) => liked !== undefined),
    stars: says.stars !== undefined && spoken.some(({ stars }) => stars !== undefined),
  };
  const rows = await rowsOfMovies(trx, row.user_id, [movie.movieId]);
  const context = { userId: row.user_id, origin: HOOK_ORIGIN + row.source, at: new Date(row.happened_at), outdated };
  const { changes, outcome } = eventChanges(rows, movie, says, context);
  if (!(await hasRoom(trx, row.user_id, changes))) return 'FULL';
  await applyChanges(trx, row.user_id, changes);
  return outcome;
}

async function hasRoom(trx: Transaction<Tables>, userId: string, changes: readonly LibraryChange[]): Promise<boolean> {
  for (const { kind, before } of changes) {
    if (before !== undefined) continue;
    const { count } = await trx
      .selectFrom(TABLES[kind])
      .where('user_id', '=', userId)
      .select(countAll.as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) >= MAX_LIST_LENGTH) return false;
  }
  return true;
}

function rowOf({ userId, userKey, event, at }: FreshEvent): HookEventTable {
  const { source, name, user, clues, key, says } = event;
  // A clock that is ahead must not make later events look old.
  const happened = Math.min(event.at?.getTime() ?? at.getTime(), at.getTime());
  return {
    user_id: userId,
    event_id: `${String(at.getTime()).padStart(15, '0')}-${randomUUID()}`,
    event_key: key === null ? null : hash('sha256', `${source} ${userKey} ${key} ${JSON.stringify(says)}`),
    source,
    name,
    media_user: user,
    user_key: userKey,
    title: clues.title,
    year: clues.year ?? 0,
    imdb_id: clues.imdbId,
    tmdb_id: clues.tmdbId,
    movie_id: null,
    says: JSON.stringify(says),
    happened_at: happened,
    received_at: at.getTime(),
    deliveries: 1,
    outcome: 'WAITING',
    detail: '',
  };
}

async function insert(trx: Transaction<Tables>, row: HookEventTable): Promise<void> {
  await trx.insertInto('cinematch_hook_events').values(row).execute();
  const isWaiting = row.outcome === 'WAITING';
  const own = trx
    .selectFrom('cinematch_hook_events')
    .where('user_id', '=', row.user_id)
    .where('outcome', isWaiting ? '=' : '!=', 'WAITING');
  const last = await own
    .select(['received_at', 'event_id'])
    .orderBy('received_at', 'desc')
    .orderBy('event_id', 'desc')
    .offset(isWaiting ? MAX_WAITING : MAX_EVENTS)
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return;
  await trx
    .deleteFrom('cinematch_hook_events')
    .where('user_id', '=', row.user_id)
    .where('outcome', isWaiting ? '=' : '!=', 'WAITING')
    .where('received_at', '<=', last.received_at)
    .where('event_id', '!=', row.event_id)
    .execute();
}

async function update(trx: Transaction<Tables>, { user_id, event_id, movie_id, outcome, deliveries, received_at }: HookEventTable) {
  await trx
    .updateTable('cinematch_hook_events')
    .set({ movie_id, outcome, deliveries, received_at })
    .where('user_id', '=', user_id)
    .where('event_id', '=', event_id)
    .execute();
}

function saysOf({ says }: { says: string }): MediaSays {
  return JSON.parse(says);
}
