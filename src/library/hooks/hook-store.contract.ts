import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movieIdOf } from '../../../test/movie-ids.ts';
import type { Database } from '../../database/database.ts';
import { type LibraryStore, MAX_LIST_LENGTH } from '../library-store.ts';
import type { MovieRecord } from '../named-movie.ts';
import { SqlLibraryStore } from '../sql-library-store.ts';
import { MAX_EVENTS, SERVER } from './hook-store.ts';
import type { MediaEvent } from './media-event.ts';

const minute = (n: number): Date => new Date(Date.UTC(2026, 0, 10, 20, n));
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n, 20));
const NOW = day(30);
const movie = (number: number): MovieRecord => ({
  movieId: movieIdOf(number),
  title: `Film ${number}`,
  sortTitle: `clues ${number}`,
  year: 1990,
});
const event = (says: MediaEvent['says'], at: Date, more: Partial<MediaEvent> = {}): MediaEvent => ({
  source: 'JELLYFIN',
  name: 'PlaybackStop',
  user: 'Ann',
  clues: { title: 'Film 1', year: 1990, imdbId: 1, tmdbId: 2 },
  at,
  key: at.toISOString(),
  says,
  problem: null,
  ...more,
});

/** Behaviour of hooks. `open` returns a migrated database for this suite alone. */
export function hookStoreContract(name: string, open: () => Promise<Database>, skip: boolean): void {
  describe.skipIf(skip)(`hooks on ${name}`, () => {
    let database: Database;
    let store: LibraryStore;
    let users = 0;
    const user = (): string => `hook-${++users}`;
    const take = async (userId: string, one: MediaEvent) => (await store.hooks.take(userId, one, movie(1), NOW)).outcome;
    const state = async (userId: string) => ({
      plays: (await store.history.allPlays(userId)).map(({ playedAt }) => playedAt?.toISOString().slice(0, 16)),
      watched: (await store.wholeWatchlist(userId)).filter(({ watched }) => watched).length,
      stars: (await store.history.allRatings(userId)).map(({ stars }) => stars),
      signals: (await store.allFeedback(userId)).map(({ signal }) => signal),
    });
    const EMPTY = { plays: [], watched: 0, stars: [], signals: [] };

    beforeAll(async () => {
      database = await open();
      store = new SqlLibraryStore(database);
    });
    afterAll(() => database.close());

    it('say when a list is full, and keep nothing of the event', async () => {
      const ann = user();
      const items = Array.from({ length: MAX_LIST_LENGTH }, (_, n) => ({
        movie: movie(n + 2),
        listed: { at: day(1) },
        watched: undefined,
        feedback: undefined,
      }));
      await store.mergeHistory(ann, items, NOW);
      expect(await take(ann, event({ watched: true, stars: 5 }, minute(0)))).toBe('FULL');
      expect(await state(ann)).toEqual(EMPTY);
    });

    it('are made, found by their token, changed and revoked', async () => {
      const ann = user();
      const hook = { start: 'cmh_abcd', mediaUser: null, createdAt: day(1) };
      await store.hooks.create(ann, { ...hook, tokenHash: `first ${ann}` });
      await store.hooks.create(ann, { ...hook, tokenHash: `second ${ann}` });
      expect(await store.hooks.findByToken(`first ${ann}`)).toBeUndefined();
      expect(await store.hooks.findByToken(`second ${ann}`)).toEqual({ owner: ann, hook });
      expect(await store.hooks.setMediaUser(ann, 'Ann')).toEqual({ ...hook, mediaUser: 'Ann' });
      expect(await store.hooks.find(ann)).toEqual({ ...hook, mediaUser: 'Ann' });
      expect([await store.hooks.revoke(ann), await store.hooks.revoke(ann)]).toEqual([true, false]);
      expect(await store.hooks.findByToken(`second ${ann}`)).toBeUndefined();
      expect(await store.hooks.setMediaUser(ann, 'Ann')).toBeUndefined();
    });

    it('take each event once, and each play once that two events report', async () => {
      const ann = user();
      expect(await take(ann, event({ watched: true }, minute(0)))).toBe('TAKEN');
      expect(await take(ann, event({ watched: true }, minute(0)))).toBe('TAKEN');
      expect(await take(ann, event({ watched: true }, minute(1), { name: 'UserDataSaved' }))).toBe('SAME');
      expect(await take(ann, event({ watched: true }, minute(31)))).toBe('TAKEN');
      expect(await state(ann)).toEqual({ ...EMPTY, plays: ['2026-01-10T20:31', '2026-01-10T20:00'], watched: 1 });
      const events = await store.hooks.events(ann, 10, 0);
      expect(events.map(({ deliveries, outcome }) => [deliveries, outcome])).toContainEqual([2, 'TAKEN']);
      expect(events).toHaveLength(3);
    });

    it('take an event once that arrives many times at once', async () => {
      const ann = user();
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => take(ann, event({ watched: true, stars: 4 }, minute(0)))));
      expect(outcomes).toEqual(Array.from({ length: 10 }, () => 'TAKEN'));
      expect(await state(ann)).toEqual({ plays: ['2026-01-10T20:00'], watched: 1, stars: [4], signals: ['LIKE'] });
      expect((await store.hooks.events(ann, 10, 0)).map(({ deliveries }) => deliveries)).toEqual([10]);
    });

    it('take opinions in the order in which they were given, whatever the order of their arrival', async () => {
      for (const order of [
        [0, 1, 2],
        [2, 1, 0],
        [1, 0, 2],
        [2, 0, 1],
      ]) {
        const ann = user();
        const said = [event({ stars: 5, liked: true }, day(1)), event({ stars: null, liked: false }, day(2)), event({ stars: 2 }, day(3))];
        for (const n of order) await take(ann, said[n]);
        expect(await state(ann)).toEqual({ ...EMPTY, stars: [2], signals: ['DISLIKE'] });
      }
    });

    it('take back what a hook gave, and nothing else', async () => {
      const ann = user();
      expect(await take(ann, event({ stars: 5, liked: true }, day(1)))).toBe('TAKEN');
      expect(await state(ann)).toEqual({ ...EMPTY, stars: [5], signals: ['LIKE'] });
      expect(await take(ann, event({ stars: null, liked: false }, day(2)))).toBe('TAKEN');
      expect(await state(ann)).toEqual(EMPTY);
      await store.history.rate(ann, movie(1), 5, 'LIKE', day(3));
      expect(await take(ann, event({ stars: null, liked: false }, day(4)))).toBe('SAME');
      expect(await state(ann)).toEqual({ ...EMPTY, stars: [5], signals: ['LIKE'] });
    });

    it('leave what the viewer said here', async () => {
      const ann = user();
      await store.history.rate(ann, movie(1), 1, 'DISLIKE', day(1));
      expect(await take(ann, event({ stars: 5 }, day(2)))).toBe('KEPT');
      expect(await take(ann, event({ liked: true }, day(3)))).toBe('KEPT');
      expect(await state(ann)).toEqual({ ...EMPTY, stars: [1], signals: ['DISLIKE'] });
      expect(await take(ann, event({ watched: true, stars: 4 }, day(4)))).toBe('TAKEN');
      expect(await state(ann)).toMatchObject({ stars: [1], watched: 1 });
      const ben = user();
      await store.setFeedback(ben, movieIdOf(1), 'NOT_INTERESTED', day(1));
      expect(await take(ben, event({ liked: true }, day(3)))).toBe('KEPT');
    });

    it('are corrected by later imports, and correct earlier ones', async () => {
      const ann = user();
      const item = (stars: number, at: Date) => ({
        movie: movie(1),
        listed: undefined,
        watched: undefined,
        feedback: undefined,
        rating: { stars, signal: stars >= 4 ? ('LIKE' as const) : null, at },
      });
      const origin = (importId: string) => ({ origin: { importId, files: ['a.csv'], rowCount: 1 } });
      await store.mergeHistory(ann, [item(3, day(1))], NOW, origin('one'));
      expect(await take(ann, event({ stars: 4 }, day(2)))).toBe('TAKEN');
      await store.mergeHistory(ann, [item(3, day(3))], NOW, origin('two'));
      expect(await state(ann)).toEqual({ ...EMPTY, stars: [3] });
      expect(await take(ann, event({ stars: 5 }, new Date(day(2).getTime() + 1)))).toBe('SAME');
    });

    it('keep what is watched when it is unmarked over there', async () => {
      const ann = user();
      await take(ann, event({ watched: true }, day(1)));
      expect(await take(ann, event({ watched: false }, day(2)))).toBe('UNMARKED');
      expect(await state(ann)).toMatchObject({ watched: 1, plays: ['2026-01-01T20:00'] });
    });

    it('keep events until their movie is known, in their order', async () => {
      const ann = user();
      expect((await store.hooks.note(ann, event({ stars: 2 }, day(2)), 'WAITING', NOW)).outcome).toBe('WAITING');
      expect((await store.hooks.note(ann, event({ stars: 2 }, day(2)), 'WAITING', NOW)).deliveries).toBe(2);
      await store.hooks.note(ann, event({ stars: 5 }, day(1)), 'WAITING', NOW);
      const waiting = await store.hooks.waiting(10, '', ann);
      expect(waiting.map(({ clues }) => clues.tmdbId)).toEqual([2, 2]);
      for (const { eventId } of waiting) await store.hooks.settle(ann, eventId, movie(1));
      for (const { eventId } of waiting) await store.hooks.settle(ann, eventId, movie(1));
      expect(await state(ann)).toEqual({ ...EMPTY, stars: [2], signals: ['DISLIKE'] });
      expect(await store.hooks.waiting(10, '', ann)).toEqual([]);
    });

    it('take an event that waited when it comes again after its movie is known', async () => {
      const ann = user();
      const one = event({ stars: 4 }, day(1));
      await store.hooks.note(ann, one, 'WAITING', NOW);
      expect(await store.hooks.take(ann, one, movie(1), NOW)).toMatchObject({ outcome: 'TAKEN', deliveries: 2, movieId: movieIdOf(1) });
      expect(await store.hooks.events(ann, 10, 0)).toMatchObject([{ outcome: 'TAKEN', deliveries: 2, movieId: movieIdOf(1) }]);
      expect(await state(ann)).toMatchObject({ stars: [4] });
    });

    it('count events that change nothing by their kind', async () => {
      const ann = user();
      for (let n = 0; n < 20; n++)
        await store.hooks.note(ann, event({}, minute(n), { name: 'PlaybackProgress' }), 'OTHER_EVENT', minute(n));
      expect((await store.hooks.events(ann, 10, 0)).map(({ name, deliveries }) => [name, deliveries])).toEqual([['PlaybackProgress', 20]]);
    });

    it('keep the last events of a profile', async () => {
      const ann = user();
      for (let n = 0; n < MAX_EVENTS + 5; n++)
        await store.hooks.note(ann, event({}, minute(n), { name: `Event ${n}` }), 'OTHER_EVENT', minute(n));
      const events = await store.hooks.events(ann, 1_000, 0);
      expect([events.length, events[0].name, events.at(-1)?.name]).toEqual([MAX_EVENTS, `Event ${MAX_EVENTS + 4}`, 'Event 5']);
      expect((await store.hooks.events(ann, 2, 3)).map(({ name }) => name)).toEqual([`Event ${MAX_EVENTS + 1}`, `Event ${MAX_EVENTS}`]);
    });

    it('give the events of a user of the media server to a profile, also those that waited', async () => {
      const ann = user();
      expect(await store.hooks.seeUser('JELLYFIN', 'Àda', day(1))).toBeNull();
      await store.hooks.note(SERVER, event({ watched: true }, day(1), { user: 'Àda' }), 'WAITING', day(1));
      expect((await store.hooks.users()).find(({ name }) => name === 'Àda')).toMatchObject({ userId: null, waiting: 1 });
      expect(await store.hooks.waiting(100, '', ann)).toEqual([]);
      expect(await store.hooks.mapUser('JELLYFIN', 'àDA', ann)).toBe(true);
      expect(await store.hooks.mapUser('PLEX', 'Àda', ann)).toBe(false);
      expect(await store.hooks.seeUser('JELLYFIN', 'Àda', day(2))).toBe(ann);
      expect(await store.hooks.waiting(100, '', ann)).toHaveLength(1);
      expect(await store.hooks.namesOf(ann)).toEqual([{ source: 'JELLYFIN', name: 'Àda' }]);
      expect((await store.hooks.users()).find(({ name }) => name === 'Àda')).toMatchObject({ userId: ann, waiting: 0, seenAt: day(2) });
    });

    it('list a bounded number of users', async () => {
      for (let n = 0; n < 120; n++) await store.hooks.seeUser('PLEX', `user ${n}`, minute(n));
      const names = (await store.hooks.users()).map(({ name }) => name);
      expect([names.length, names.includes('user 119'), names.includes('user 5')]).toEqual([100, true, false]);
      // The one with a profile stays.
      expect(names).toContain('Àda');
    });

    it('go with the account', async () => {
      const ann = user();
      await store.hooks.create(ann, { start: 'x', mediaUser: null, createdAt: day(1), tokenHash: `third ${ann}` });
      await store.hooks.seeUser('EMBY', 'Ann', day(1));
      await store.hooks.mapUser('EMBY', 'Ann', ann);
      await take(ann, event({ watched: true }, day(1)));
      await store.deleteUser(ann);
      expect(await store.hooks.find(ann)).toBeUndefined();
      expect(await store.hooks.events(ann, 10, 0)).toEqual([]);
      expect(await store.hooks.namesOf(ann)).toEqual([]);
      expect((await store.hooks.users()).some(({ source }) => source === 'EMBY')).toBe(false);
    });
  });
}
