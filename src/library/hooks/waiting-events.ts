import { setImmediate as nextTurn } from 'node:timers/promises';
import { cluedMovie } from '../../catalog/clued-movie.ts';
import type { SearchableCatalog } from '../../catalog/searchable-catalog.ts';
import { movieRecord } from '../movie-record.ts';
import type { HookStore } from './hook-store.ts';

const BATCH = 200;

/** Takes the events whose movies the catalog has now, in the order in which they happened. Returns how many. */
export async function takeWaiting(hooks: HookStore, snapshot: SearchableCatalog, userId?: string): Promise<number> {
  let after = '';
  let taken = 0;
  for (;;) {
    const events = await hooks.waiting(BATCH, after, userId);
    // Of two reports of one playback, the first gives its date.
    for (const { userId: owner, eventId, clues } of events.toSorted((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime())) {
      const index = await cluedMovie(snapshot, clues);
      await nextTurn();
      if (index === undefined) continue;
      await hooks.settle(owner, eventId, movieRecord(snapshot.catalog, index));
      taken++;
    }
    if (events.length < BATCH) return taken;
    after = events[events.length - 1].eventId;
  }
}
