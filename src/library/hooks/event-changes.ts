import { DEFAULT_THRESHOLDS, signalOfRating } from '../history/history-items.ts';
import type { LibraryChange } from '../library-changes.ts';
import type { LibraryRows } from '../library-rows.ts';
import type { HistoryItem } from '../library-store.ts';
import { HistoryMerge } from '../merge-history.ts';
import type { MovieRecord } from '../named-movie.ts';
import type { EventOutcome } from './hook-store.ts';
import type { MediaSays } from './media-event.ts';

/** Two plays of a movie within this are one: media servers report the end of a film twice. */
export const SAME_PLAY_MS = 30 * 60_000;
/** Rows that hooks wrote have an import id that begins so. No import has it, so none of them can be undone as an import. */
export const HOOK_ORIGIN = 'hook:';

export interface EventContext {
  userId: string;
  origin: string;
  at: Date;
  /** Parts about which a later event has already spoken. */
  outdated: { liked: boolean; stars: boolean };
}

/**
 * What an event changes in the library. `rows` are those of its movie. What the viewer said here stays, and so does a rating of a later
 * date. Taking back a favourite or a rating removes only what a hook gave.
 */
export function eventChanges(
  rows: LibraryRows,
  movie: MovieRecord,
  says: MediaSays,
  { userId, origin, at, outdated }: EventContext,
): { changes: LibraryChange[]; outcome: EventOutcome } {
  const item: HistoryItem = { movie, listed: undefined, watched: undefined, feedback: undefined };
  const changes: LibraryChange[] = [];
  const [feedback] = rows.feedback;
  const [rating] = rows.ratings;
  const removesStars = says.stars === null && !outdated.stars && isOfHook(rating);
  const setsStars = typeof says.stars === 'number' && !outdated.stars && rating?.import_id !== null;
  let isKept = false;
  if (says.watched === true) {
    const isKnown = rows.plays.some(({ played_at }) => Math.abs(played_at - at.getTime()) <= SAME_PLAY_MS);
    item.watched = { at };
    if (!isKnown) item.plays = [at];
  }
  if (says.liked === true && !outdated.liked) {
    if (feedback?.import_id === null) isKept ||= feedback.signal !== 'LIKE';
    else item.feedback = { signal: 'LIKE', at };
  }
  if (says.liked === false && !outdated.liked && isOfHook(feedback) && feedback.from_stars === 0) {
    changes.push({ kind: 'FEEDBACK', before: feedback, after: undefined });
    // Without the favourite, the stars say what the movie is to the viewer.
    const stays = removesStars || setsStars ? undefined : rating;
    const signal = signalOfRating(stays === undefined ? null : stays.half_stars / 2, DEFAULT_THRESHOLDS);
    if (stays !== undefined && signal !== null)
      changes.push({ kind: 'FEEDBACK', before: undefined, after: { ...feedback, signal, from_stars: 1, import_id: stays.import_id } });
  }
  if (removesStars) {
    changes.push({ kind: 'RATING', before: rating, after: undefined });
    if (isOfHook(feedback) && feedback.from_stars === 1) changes.push({ kind: 'FEEDBACK', before: feedback, after: undefined });
  }
  if (typeof says.stars === 'number' && !outdated.stars) {
    if (setsStars) item.rating = { stars: says.stars, signal: signalOfRating(says.stars, DEFAULT_THRESHOLDS), at };
    else isKept ||= rating?.half_stars !== says.stars * 2;
  }
  // A like that this event takes back must not stand in the way of what its stars become.
  const left = changes.some(({ kind }) => kind === 'FEEDBACK') ? { ...rows, feedback: [] } : rows;
  changes.push(...new HistoryMerge(left, { userId, now: at, importId: origin }).changesOf([item]));
  if (changes.length > 0) return { changes, outcome: 'TAKEN' };
  if (isKept) return { changes, outcome: 'KEPT' };
  if (outdated.liked || outdated.stars) return { changes, outcome: 'OUTDATED' };
  return { changes, outcome: says.watched === false ? 'UNMARKED' : 'SAME' };
}

function isOfHook<Row extends { import_id: string | null }>(row: Row | undefined): row is Row {
  return row?.import_id?.startsWith(HOOK_ORIGIN) === true;
}
