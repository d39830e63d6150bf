import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movieIdOf } from '../../test/movie-ids.ts';
import type { MovieId } from '../catalog/movie-id.ts';
import type { Database } from '../database/database.ts';
import { type HistoryItem, type LibraryStore, NO_PREFERENCES, type WatchlistQuery } from './library-store.ts';
import { countChanges } from './merge-history.ts';
import type { MovieRecord } from './named-movie.ts';
import { SqlLibraryStore } from './sql-library-store.ts';

/** An hour of one fixed day. */
const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));

const movie = (number: number, title = `Film ${number}`, year: number | null = 1990): MovieRecord => ({
  movieId: movieIdOf(number),
  title,
  sortTitle: title.toLowerCase(),
  year,
});

const NO_CHANGES = countChanges([]);
const EVERYTHING: WatchlistQuery = { status: 'ALL', sort: 'RECENTLY_ADDED', first: 100, after: undefined };

/** Behaviour of every library store. `open` returns a migrated database for this suite alone. */
export function libraryStoreContract(name: string, open: () => Promise<Database>, skip: boolean): void {
  describe.skipIf(skip)(`the library on ${name}`, () => {
    let database: Database;
    let store: LibraryStore;
    let users = 0;
    /** A new user for each test. */
    const user = (): string => `user-${++users}`;
    const listed = async (userId: string, query: Partial<WatchlistQuery> = {}): Promise<number[]> =>
      (await store.watchlist(userId, { ...EVERYTHING, ...query })).items.map(({ item }) => item.movieId);

    beforeAll(async () => {
      database = await open();
      store = new SqlLibraryStore(database);
    });
    afterAll(() => database.close());

    it('adds a movie once, and adding it again changes nothing', async () => {
      const ann = user();
      const entry = { movieId: 7, title: 'Seven', year: 1995, addedAt: at(1), watched: false, watchedAt: null };
      expect(await store.addToWatchlist(ann, movie(7, 'Seven', 1995), at(1))).toEqual(entry);
      await store.setWatched(ann, [movieIdOf(7)], true, at(2));
      expect(await store.addToWatchlist(ann, movie(7, 'Se7en', 1996), at(3))).toEqual({ ...entry, watched: true, watchedAt: at(2) });
      expect(await listed(ann)).toEqual([7]);
      expect(await listed(user())).toEqual([]);
    });

    it('stores a movie with an unknown year and an odd title', async () => {
      const ann = user();
      const title = "Ł'Été — もののけ姫 🎬 %_\\ \"';--";
      expect(await store.addToWatchlist(ann, movie(8, title, null), at(1))).toMatchObject({ title, year: null });
      expect((await store.wholeWatchlist(ann))[0]).toMatchObject({ title, year: null });
    });

    it('adds once when the same movie is added many times at once', async () => {
      const ann = user();
      const entries = await Promise.all(Array.from({ length: 20 }, (_, i) => store.addToWatchlist(ann, movie(9), at(i))));
      expect(new Set(entries.map(({ addedAt }) => addedAt.getTime())).size).toBe(1);
      expect(await listed(ann)).toEqual([9]);
    });

    it('removes entries and returns the removed ids', async () => {
      const ann = user();
      const bob = user();
      for (const id of [1, 2, 3]) await store.addToWatchlist(ann, movie(id), at(id));
      await store.addToWatchlist(bob, movie(2), at(1));
      expect(await store.removeFromWatchlist(ann, [movieIdOf(3), movieIdOf(4), movieIdOf(1), movieIdOf(3)])).toEqual([3, 1]);
      expect(await store.removeFromWatchlist(ann, [movieIdOf(3), movieIdOf(1)])).toEqual([]);
      expect(await store.removeFromWatchlist(ann, [])).toEqual([]);
      expect(await listed(ann)).toEqual([2]);
      expect(await listed(bob)).toEqual([2]);
    });

    it('marks watched and not watched, and keeps the first date of a repeated mark', async () => {
      const ann = user();
      for (const id of [1, 2]) await store.addToWatchlist(ann, movie(id), at(id));
      const marked = await store.setWatched(ann, [movieIdOf(2), movieIdOf(5), movieIdOf(1), movieIdOf(2)], true, at(5));
      expect(marked.map(({ movieId, watched, watchedAt }) => [movieId, watched, watchedAt])).toEqual([
        [2, true, at(5)],
        [1, true, at(5)],
      ]);
      expect((await store.setWatched(ann, [movieIdOf(1)], true, at(6)))[0].watchedAt).toEqual(at(5));
      expect((await store.opinions(ann, { below: 4, first: 1 })).seen).toEqual(expect.arrayContaining([1, 2]));
      expect((await store.setWatched(ann, [movieIdOf(1)], false, at(7)))[0]).toMatchObject({ watched: false, watchedAt: null });
      expect((await store.opinions(ann, { below: 4, first: 1 })).seen).toEqual([2]);
      expect(await listed(ann, { status: 'TO_WATCH' })).toEqual([1]);
      expect(await listed(ann, { status: 'WATCHED' })).toEqual([2]);
    });

    it('names all movies to watch, or the last ones that were added', async () => {
      for (const [id, hour] of [
        [3, 1],
        [1, 3],
        [2, 2],
        [4, 4],
      ])
        await store.addToWatchlist('to-watch', movie(id), at(hour));
      await store.setWatched('to-watch', [movieIdOf(4)], true, at(5));
      expect(await store.toWatch('to-watch')).toEqual([1, 2, 3]);
      expect(await store.toWatch('to-watch', 2)).toEqual([1, 2]);
      expect(await store.toWatch('nobody', 2)).toEqual([]);
    });

    it('sorts by time of adding, title and year', async () => {
      const ann = user();
      await store.addToWatchlist(ann, movie(1, 'Beta', 2001), at(1));
      await store.addToWatchlist(ann, movie(2, 'alpha', null), at(3));
      await store.addToWatchlist(ann, movie(3, 'Gamma', 1950), at(2));
      await store.addToWatchlist(ann, movie(4, 'Étude', 2001), at(2));
      expect(await listed(ann)).toEqual([2, 4, 3, 1]);
      expect(await listed(ann, { sort: 'TITLE' })).toEqual([2, 1, 3, 4]);
      expect(await listed(ann, { sort: 'YEAR' })).toEqual([1, 4, 3, 2]);
    });

    it.each(['RECENTLY_ADDED', 'TITLE', 'YEAR'] as const)(
      'has pages by %s that repeat and skip no entry while the list changes',
      async (sort) => {
        const ann = user();
        // Many entries have equal dates, titles and years, and the order must still be total.
        for (let id = 1; id <= 23; id++) await store.addToWatchlist(ann, movie(id, `T${id % 3}`, 1990 + (id % 4)), at(id % 5));
        const whole = await listed(ann, { sort });
        const seen: MovieId[] = [];
        let after: WatchlistQuery['after'];
        for (;;) {
          const page = await store.watchlist(ann, { status: 'ALL', sort, first: 5, after });
          expect(page.totalCount).toBe(23 - Math.floor(seen.length / 5));
          expect(page.hasPreviousPage).toBe(seen.length > 0);
          seen.push(...page.items.map(({ item }) => item.movieId));
          after = page.items.at(-1)?.place;
          if (!page.hasNextPage) break;
          // The entry of the cursor is removed. The next page must not change.
          await store.removeFromWatchlist(ann, seen.slice(-1));
        }
        expect(seen).toEqual(whole);
      },
    );

    it('gives the entries of some movies by id', async () => {
      const ann = user();
      for (const id of [1, 2]) await store.addToWatchlist(ann, movie(id), at(id));
      const entries = await store.watchlistEntriesOf(ann, [movieIdOf(2), movieIdOf(3)]);
      expect([...entries.keys()]).toEqual([2]);
      expect(entries.get(movieIdOf(2))).toEqual({
        movieId: 2,
        title: 'Film 2',
        year: 1990,
        addedAt: at(2),
        watched: false,
        watchedAt: null,
      });
      expect(await store.watchlistEntriesOf(ann, [])).toEqual(new Map());
    });

    it('stores one feedback for each movie, and keeps the first date of repeated feedback', async () => {
      const ann = user();
      await store.setFeedback(ann, movieIdOf(1), 'LIKE', at(1));
      await store.setFeedback(ann, movieIdOf(1), 'LIKE', at(2));
      await store.setFeedback(ann, movieIdOf(2), 'LIKE', at(2));
      await store.setFeedback(ann, movieIdOf(2), 'NOT_INTERESTED', at(3));
      await store.setFeedback(ann, movieIdOf(3), 'DISLIKE', at(4));
      await store.setFeedback(ann, movieIdOf(3), null, at(5));
      await store.setFeedback(ann, movieIdOf(4), null, at(5));
      expect(await store.allFeedback(ann)).toEqual([
        { movieId: 2, signal: 'NOT_INTERESTED', feedbackAt: at(3) },
        { movieId: 1, signal: 'LIKE', feedbackAt: at(1) },
      ]);
      expect(await store.feedbackOf(ann, [movieIdOf(1), movieIdOf(2), movieIdOf(3)])).toEqual(
        new Map([
          [1, 'LIKE'],
          [2, 'NOT_INTERESTED'],
        ]),
      );
      await store.clearFeedback(ann);
      await store.clearFeedback(ann);
      expect(await store.allFeedback(ann)).toEqual([]);
    });

    it('replaces preferences whole', async () => {
      const ann = user();
      expect(await store.preferences(ann)).toEqual(NO_PREFERENCES);
      const first = {
        preferredGenres: ['sci-fi', 'war'],
        services: ['max'],
        languages: ['en'],
        runtimeMin: 60,
        runtimeMax: null,
        familiar: 0.25,
        region: 'DE',
        learnFromMe: false,
      };
      await store.setPreferences(ann, first);
      expect(await store.preferences(ann)).toEqual(first);
      const second = { ...NO_PREFERENCES, languages: ['fr', 'de'], runtimeMax: 120 };
      await store.setPreferences(ann, second);
      expect(await store.preferences(ann)).toEqual(second);
    });

    const history = (id: number, more: Partial<HistoryItem>): HistoryItem => ({
      movie: movie(id),
      listed: undefined,
      watched: undefined,
      feedback: undefined,
      ...more,
    });

    const origin = (importId: string) => ({ origin: { importId, files: ['a.csv'], rowCount: 1 } });

    it('merges a history; a repeated merge changes nothing, and what the viewer said stays', async () => {
      const ann = user();
      await store.addToWatchlist(ann, movie(1), at(1));
      await store.setFeedback(ann, movieIdOf(1), 'DISLIKE', at(10));
      await store.setFeedback(ann, movieIdOf(2), 'DISLIKE', at(1));
      await store.setFeedback(ann, movieIdOf(5), 'NOT_INTERESTED', at(1));
      const items = [
        history(1, { watched: { at: at(3) }, feedback: { signal: 'LIKE', at: at(3) } }),
        history(2, { watched: { at: null }, feedback: { signal: 'LIKE', at: at(4) } }),
        history(3, { listed: { at: at(2) } }),
        history(4, { feedback: { signal: 'DISLIKE', at: null } }),
        history(5, { feedback: { signal: 'LIKE', at: null } }),
      ];
      const untouched = [await store.wholeWatchlist(ann), await store.allFeedback(ann)];
      expect(await store.mergeHistory(ann, items, at(11), { dryRun: true, ...origin('i1') })).toMatchObject({
        addedToWatchlist: 2,
        markedWatched: 2,
        likes: 0,
        dislikes: 1,
      });
      expect([await store.wholeWatchlist(ann), await store.allFeedback(ann)]).toEqual(untouched);
      expect(await store.mergeHistory(ann, items, at(12), origin('i1'))).toMatchObject({ addedToWatchlist: 2, likes: 0, dislikes: 1 });
      const before = [await store.wholeWatchlist(ann), await store.allFeedback(ann)];
      expect(before).toEqual([
        [
          { movieId: 2, title: 'Film 2', year: 1990, addedAt: at(12), watched: true, watchedAt: null },
          { movieId: 3, title: 'Film 3', year: 1990, addedAt: at(2), watched: false, watchedAt: null },
          { movieId: 1, title: 'Film 1', year: 1990, addedAt: at(1), watched: true, watchedAt: at(3) },
        ],
        [
          { movieId: 4, signal: 'DISLIKE', feedbackAt: at(12) },
          { movieId: 1, signal: 'DISLIKE', feedbackAt: at(10) },
          { movieId: 5, signal: 'NOT_INTERESTED', feedbackAt: at(1) },
          { movieId: 2, signal: 'DISLIKE', feedbackAt: at(1) },
        ],
      ]);
      expect(await store.mergeHistory(ann, items, at(13), origin('i2'))).toEqual(NO_CHANGES);
      expect([await store.wholeWatchlist(ann), await store.allFeedback(ann)]).toEqual(before);
    });

    it('merges 20,000 movies at once, and nothing of a history that is too long', async () => {
      const ann = user();
      const long = (from: number, to: number): HistoryItem[] =>
        Array.from({ length: to - from }, (_, i) => history(from + i, { watched: { at: at(1) }, feedback: { signal: 'LIKE', at: at(1) } }));
      expect(await store.mergeHistory(ann, long(1, 20_001), at(2))).toMatchObject({ addedToWatchlist: 20_000, likes: 20_000 });
      await expect(store.mergeHistory(ann, long(20_001, 60_002), at(3))).rejects.toThrow('at most 50000 movies can be kept');
      expect((await store.opinions(ann, { below: 4, first: 1 })).seen).toHaveLength(20_000);
      expect(await store.allFeedback(ann)).toHaveLength(20_000);
    });

    it('has the latest likes, dislikes and low ratings, as many as asked for of each, and all movies that were seen', async () => {
      const ann = user();
      const bob = user();
      for (const [id, signal, hour] of [
        [1, 'LIKE', 3],
        [2, 'LIKE', 5],
        [3, 'LIKE', 5],
        [4, 'LIKE', 1],
        [5, 'DISLIKE', 2],
        [6, 'DISLIKE', 9],
        [7, 'NOT_INTERESTED', 8],
      ] as const)
        await store.setFeedback(ann, movieIdOf(id), signal, at(hour));
      await store.setFeedback(bob, movieIdOf(20), 'LIKE', at(9));
      for (const id of [2, 10, -11]) await store.addToWatchlist(ann, movie(id), at(id + 12));
      await store.setWatched(ann, [movieIdOf(2), movieIdOf(-11)], true, at(1));
      for (const id of [8, 9]) await store.history.rate(ann, movie(id), id === 8 ? 3 : 2, null, at(id));
      const { seen, ...latest } = await store.opinions(ann, { below: 3, first: 3 });
      expect(latest).toEqual({
        liked: [
          { movieId: 3, at: at(5).getTime() },
          { movieId: 2, at: at(5).getTime() },
          { movieId: 1, at: at(3).getTime() },
        ],
        disliked: [6, 5],
        lowRatings: [{ movieId: 9, stars: 2 }],
      });
      expect(seen.sort((a, b) => a - b)).toEqual([-11, 1, 2, 3, 4, 5, 6, 7]);
      expect((await store.opinions(ann, { below: 4, first: 1 })).disliked).toEqual([6]);
      expect(await store.opinions(user(), { below: 4, first: 3 })).toEqual({ liked: [], disliked: [], lowRatings: [], seen: [] });
    });

    it('takes a list to its greatest length and not one more, by each way that adds to it', async () => {
      const ann = user();
      const full = 'at most 3 movies can be kept';
      for (const id of [1, 2, 3]) {
        await store.addToWatchlist(ann, movie(id), at(id), 3);
        await store.setFeedback(ann, movieIdOf(id), 'LIKE', at(id), 3);
      }
      await expect(store.addToWatchlist(ann, movie(4), at(4), 3)).rejects.toThrow(full);
      await expect(store.setFeedback(ann, movieIdOf(4), 'LIKE', at(4), 3)).rejects.toThrow(full);
      // A full list still takes what does not lengthen it.
      await store.addToWatchlist(ann, movie(3), at(5), 3);
      await store.setFeedback(ann, movieIdOf(3), 'DISLIKE', at(5), 3);
      await store.setFeedback(ann, movieIdOf(4), null, at(5), 3);
      for (const more of [{ listed: { at: null } }, { watched: { at: null } }, { feedback: { signal: 'LIKE', at: null } }] as const) {
        const bob = user();
        const items = (count: number): HistoryItem[] => Array.from({ length: count }, (_, n) => history(n + 1, more));
        await store.mergeHistory(bob, items(3), at(1), { max: 3 });
        for (const dryRun of [true, false])
          await expect(store.mergeHistory(bob, items(4), at(2), { max: 3, dryRun })).rejects.toThrow(full);
        expect((await listed(bob)).length + (await store.allFeedback(bob)).length).toBe(3);
      }
    });

    it('takes 50,000 movies and not one more when no other length is stated', async () => {
      const ann = user();
      const items = Array.from({ length: 50_000 }, (_, n) =>
        history(n + 1, { listed: { at: at(1) }, feedback: { signal: 'LIKE', at: at(1) } }),
      );
      expect(await store.mergeHistory(ann, items, at(2))).toMatchObject({ addedToWatchlist: 50_000, likes: 50_000 });
      await expect(store.addToWatchlist(ann, movie(50_001), at(3))).rejects.toThrow('at most 50000 movies can be kept');
      await expect(store.setFeedback(ann, movieIdOf(50_001), 'LIKE', at(3))).rejects.toThrow('at most 50000 movies can be kept');
      await store.deleteUser(ann);
    });

    it('keeps an imported rating of a later moment, and takes one of the same moment', async () => {
      const ann = user();
      const rated = (stars: number, signal: 'LIKE' | 'DISLIKE', time: number) => [
        history(1, { rating: { stars, signal, at: new Date(time) } }),
      ];
      const time = at(2).getTime();
      await store.mergeHistory(ann, rated(1, 'DISLIKE', time), at(3), origin('one'));
      expect(await store.mergeHistory(ann, rated(5, 'LIKE', time - 1), at(3), origin('two'))).toMatchObject({ likes: 0, ratings: 0 });
      expect((await store.allFeedback(ann))[0]).toMatchObject({ signal: 'DISLIKE', feedbackAt: at(2) });
      expect(await store.mergeHistory(ann, rated(5, 'LIKE', time), at(3), origin('three'))).toMatchObject({ likes: 1, ratings: 1 });
      expect((await store.allFeedback(ann))[0]).toMatchObject({ signal: 'LIKE', feedbackAt: at(2) });
    });

    it('deletes all data of one user and of no other', async () => {
      const ann = user();
      const bob = user();
      for (const id of [ann, bob]) {
        await store.addToWatchlist(id, movie(1), at(1));
        await store.setFeedback(id, movieIdOf(1), 'LIKE', at(1));
        await store.setPreferences(id, { ...NO_PREFERENCES, runtimeMin: 1 });
      }
      await store.deleteUser(ann);
      expect([await listed(ann), await store.allFeedback(ann), await store.preferences(ann)]).toEqual([[], [], NO_PREFERENCES]);
      expect([await listed(bob), (await store.allFeedback(bob)).length, (await store.preferences(bob)).runtimeMin]).toEqual([[1], 1, 1]);
    });

    it('keeps that a guest declined to be learned from, whatever the account said', async () => {
      for (const [ofGuest, ofAccount, learns] of [
        [false, true, false],
        [false, undefined, false],
        [true, false, false],
        [true, true, true],
      ] as const) {
        const [guest, account] = [user(), user()];
        await store.setPreferences(guest, { ...NO_PREFERENCES, learnFromMe: ofGuest });
        if (ofAccount !== undefined) await store.setPreferences(account, { ...NO_PREFERENCES, learnFromMe: ofAccount });
        await store.moveUser(guest, account);
        expect((await store.preferences(account)).learnFromMe).toBe(learns);
      }
    });

    it('moves the library of a guest to an account, and keeps the entries of the account', async () => {
      const guest = user();
      const account = user();
      await store.addToWatchlist(guest, movie(1), at(1));
      await store.addToWatchlist(guest, movie(2), at(2));
      await store.addToWatchlist(account, movie(2), at(3));
      await store.setFeedback(guest, movieIdOf(1), 'LIKE', at(1));
      await store.setFeedback(guest, movieIdOf(2), 'LIKE', at(1));
      await store.setFeedback(account, movieIdOf(2), 'DISLIKE', at(3));
      await store.setPreferences(guest, { ...NO_PREFERENCES, services: ['max'] });
      expect(await store.storedRows(guest)).toEqual({ WATCHLIST: 2, FEEDBACK: 2, RATING: 0, PLAY: 0 });
      // Four rows of lists, and none of the preferences, which are moved in one statement.
      expect(await store.moveUser(guest, account)).toBe(4);
      expect(await store.moveUser(guest, account)).toBe(0);
      expect(await store.storedRows(account)).toEqual({ WATCHLIST: 2, FEEDBACK: 2, RATING: 0, PLAY: 0 });
      expect((await store.wholeWatchlist(account)).map(({ movieId, addedAt }) => [movieId, addedAt])).toEqual([
        [2, at(3)],
        [1, at(1)],
      ]);
      expect(await store.feedbackOf(account, [movieIdOf(1), movieIdOf(2)])).toEqual(
        new Map([
          [1, 'LIKE'],
          [2, 'DISLIKE'],
        ]),
      );
      expect((await store.preferences(account)).services).toEqual(['max']);
      expect([await listed(guest), await store.allFeedback(guest), await store.preferences(guest)]).toEqual([[], [], NO_PREFERENCES]);
      const other = user();
      await store.setPreferences(other, { ...NO_PREFERENCES, services: ['hulu'] });
      await store.moveUser(account, other);
      expect((await store.preferences(other)).services).toEqual(['hulu']);
      await store.moveUser(other, other);
      expect(await listed(other)).toEqual([2, 1]);
    });
  });
}
