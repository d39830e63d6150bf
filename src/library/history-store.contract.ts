import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movieIdOf } from '../../test/movie-ids.ts';
import type { Database } from '../database/database.ts';
import type { PlayQuery, RatingQuery } from './history-store.ts';
import { PAGE_SIZE } from './library-rows.ts';
import type { HistoryItem, LibraryStore } from './library-store.ts';
import { countChanges } from './merge-history.ts';
import type { MovieRecord } from './named-movie.ts';
import { SqlLibraryStore } from './sql-library-store.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const hour = (n: number, h: number): Date => new Date(Date.UTC(2026, 0, n, h));
const movie = (number: number, title = `Film ${number}`): MovieRecord => {
  return { movieId: movieIdOf(number), title, sortTitle: title.toLowerCase(), year: 1990 };
};
const RATINGS: RatingQuery = { sort: 'RECENTLY_RATED', first: 100, after: undefined, starsMin: undefined, starsMax: undefined };
const PLAYS: PlayQuery = { sort: 'RECENTLY_PLAYED', first: 100, after: undefined, from: undefined, until: undefined };

/** Behaviour of ratings, plays and imports. `open` returns a migrated database for this suite alone. */
export function historyStoreContract(name: string, open: () => Promise<Database>, skip: boolean): void {
  describe.skipIf(skip)(`the history on ${name}`, () => {
    let database: Database;
    let store: LibraryStore;
    let users = 0;
    const user = (): string => `history-${++users}`;
    let imports = 0;
    const merge = (userId: string, items: HistoryItem[], now = day(20)) =>
      store.mergeHistory(userId, items, now, { origin: { importId: `import-${++imports}`, files: ['a.csv'], rowCount: items.length } });
    const item = (id: number, more: Partial<HistoryItem>): HistoryItem => ({
      movie: movie(id),
      listed: undefined,
      watched: undefined,
      feedback: undefined,
      ...more,
    });
    const rated = (id: number, stars: number, at: Date | null = null): HistoryItem =>
      item(id, { rating: { stars, signal: stars >= 4 ? 'LIKE' : stars <= 2 ? 'DISLIKE' : null, at } });
    const stars = async (userId: string) => (await store.history.allRatings(userId)).map((one) => [one.movieId, one.stars]);
    const signals = async (userId: string) => (await store.allFeedback(userId)).map(({ movieId, signal }) => [movieId, signal]);
    const dates = async (userId: string) => (await store.history.allPlays(userId)).map(({ playedAt }) => playedAt);

    beforeAll(async () => {
      database = await open();
      store = new SqlLibraryStore(database);
    });
    afterAll(() => database.close());

    it('rates a movie, changes the rating and removes it; what it becomes follows', async () => {
      const ann = user();
      await store.history.rate(ann, movie(1), 4.5, 'LIKE', day(1));
      expect([await stars(ann), await signals(ann)]).toEqual([[[1, 4.5]], [[1, 'LIKE']]]);
      await store.history.rate(ann, movie(1), 3, null, day(2));
      expect([await stars(ann), await signals(ann)]).toEqual([[[1, 3]], []]);
      await store.history.rate(ann, movie(1), 0.5, 'DISLIKE', day(3));
      expect(await store.history.ratingsOf(ann, [movieIdOf(1), movieIdOf(2)])).toEqual(
        new Map([[1, { movieId: 1, title: 'Film 1', year: 1990, stars: 0.5, ratedAt: day(3) }]]),
      );
      await store.history.rate(ann, movie(1), null, null, day(4));
      expect([await stars(ann), await signals(ann)]).toEqual([[], []]);
    });

    it('takes ratings and plays up to the greatest length and not one more', async () => {
      const ann = user();
      const full = 'at most 2 movies can be kept';
      for (const id of [1, 2]) {
        await store.history.rate(ann, movie(id), 4, 'LIKE', day(id), 2);
        await store.history.addPlay(ann, movie(id), day(id), 2);
      }
      await expect(store.history.rate(ann, movie(3), 4, 'LIKE', day(3), 2)).rejects.toThrow(full);
      await expect(store.history.addPlay(ann, movie(3), day(3), 2)).rejects.toThrow(full);
      // What does not lengthen a full list is still taken.
      await store.history.rate(ann, movie(2), 5, 'LIKE', day(4), 2);
      await store.history.addPlay(ann, movie(2), day(2), 2);
      expect([(await stars(ann)).length, (await dates(ann)).length]).toEqual([2, 2]);
      for (const more of [{ rating: { stars: 3, signal: null, at: null } }, { plays: [null] }] as const) {
        const bob = user();
        const items = (count: number): HistoryItem[] => Array.from({ length: count }, (_, n) => item(n + 1, more));
        await store.mergeHistory(bob, items(2), day(1), { max: 2 });
        await expect(store.mergeHistory(bob, items(3), day(2), { max: 2 })).rejects.toThrow(full);
        expect((await stars(bob)).length + (await dates(bob)).length).toBe(2);
      }
    });

    it('has the last ratings below a number of stars, newest first', async () => {
      const ann = user();
      for (const [id, given, at] of [
        [1, 3.5, 4],
        [2, 4, 5],
        [3, 0.5, 6],
        [4, 2, 3],
      ])
        await store.history.rate(ann, movie(id), given, null, day(at));
      const below = async (first: number) =>
        (await store.opinions(ann, { below: 4, first })).lowRatings.map((one) => [one.movieId, one.stars]);
      expect(await below(9)).toEqual([
        [3, 0.5],
        [1, 3.5],
        [4, 2],
      ]);
      expect(await below(2)).toEqual([
        [3, 0.5],
        [1, 3.5],
      ]);
      expect((await store.opinions(user(), { below: 4, first: 9 })).lowRatings).toEqual([]);
    });

    it('leaves feedback alone that did not come from a rating', async () => {
      const ann = user();
      await store.setFeedback(ann, movieIdOf(1), 'LIKE', day(1));
      await store.history.rate(ann, movie(1), 1, 'DISLIKE', day(2));
      await store.history.rate(ann, movie(1), null, null, day(3));
      expect(await signals(ann)).toEqual([[1, 'LIKE']]);
    });

    it('keeps every play once, with and without a date', async () => {
      const ann = user();
      const first = await store.history.addPlay(ann, movie(1), hour(5, 20));
      expect(await store.history.addPlay(ann, movie(1), hour(5, 20))).toEqual(first);
      // Only the day is known, and it is the day of the first.
      expect(await store.history.addPlay(ann, movie(1), day(5))).toEqual(first);
      await store.history.addPlay(ann, movie(1), day(7));
      const unknown = await store.history.addPlay(ann, movie(1), null);
      expect(await dates(ann)).toEqual([day(7), hour(5, 20), null]);
      expect((await store.history.playsOf(ann, [movieIdOf(1)], 2)).get(movieIdOf(1))?.map(({ playedAt }) => playedAt)).toEqual([
        day(7),
        hour(5, 20),
      ]);
      expect(await store.history.removePlay(ann, unknown.playId)).toEqual(unknown);
      expect(await store.history.removePlay(ann, unknown.playId)).toBeUndefined();
      expect(await store.history.removePlay(user(), first.playId)).toBeUndefined();
      expect(await dates(ann)).toEqual([day(7), hour(5, 20)]);
    });

    it('gives pages of ratings and plays in every order, and filters them', async () => {
      const ann = user();
      for (const [id, given, at] of [
        [1, 3, 4],
        [2, 5, 2],
        [3, 3, 3],
        [4, 0.5, 1],
      ]) {
        await store.history.rate(ann, movie(id, `Film ${9 - id}`), given, null, day(at));
        await store.history.addPlay(ann, movie(id, `Film ${9 - id}`), day(at));
      }
      for (const [sort, expected] of [
        ['RECENTLY_RATED', [1, 3, 2, 4]],
        ['STARS', [2, 1, 3, 4]],
        ['TITLE', [4, 3, 2, 1]],
      ] as const) {
        const whole = await store.history.ratings(ann, { ...RATINGS, sort });
        expect(whole.items.map(({ item: { movieId } }) => movieId)).toEqual(expected);
        const rest = await store.history.ratings(ann, { ...RATINGS, sort, first: 2, after: whole.items[0].key });
        expect(rest.items.map(({ item: { movieId } }) => movieId)).toEqual(expected.slice(1, 3));
        expect(rest).toMatchObject({ totalCount: 4, hasNextPage: true, hasPreviousPage: true });
      }
      const some = await store.history.ratings(ann, { ...RATINGS, starsMin: 0.5, starsMax: 3 });
      expect([some.totalCount, some.items.map(({ item: { movieId } }) => movieId)]).toEqual([3, [1, 3, 4]]);
      const plays = await store.history.plays(ann, { ...PLAYS, sort: 'TITLE' });
      expect(plays.items.map(({ item: { movieId } }) => movieId)).toEqual([4, 3, 2, 1]);
      const between = await store.history.plays(ann, { ...PLAYS, from: day(2), until: day(4) });
      expect(between.items.map(({ item: { movieId } }) => movieId)).toEqual([3, 2]);
    });

    it('corrects an earlier import by a later one, and never what the viewer said', async () => {
      const ann = user();
      await store.history.rate(ann, movie(9), 5, 'LIKE', day(1));
      expect(await merge(ann, [rated(1, 5, day(2)), rated(2, 4), rated(9, 1, day(9))])).toMatchObject({
        likes: 2,
        ratings: 2,
        dislikes: 0,
      });
      expect(await merge(ann, [rated(1, 3, day(3)), rated(2, 1)])).toMatchObject({ ratings: 2, feedbackRemoved: 1, dislikes: 1 });
      expect(new Map((await stars(ann)) as [number, number][])).toEqual(
        new Map([
          [1, 3],
          [2, 1],
          [9, 5],
        ]),
      );
      expect(new Map((await signals(ann)) as [number, string][])).toEqual(
        new Map([
          [2, 'DISLIKE'],
          [9, 'LIKE'],
        ]),
      );
      // A rating of an older date, as of another site, corrects nothing.
      expect(await merge(ann, [rated(1, 5, day(1))])).toMatchObject({ ratings: 0, likes: 0 });
      // Said here: from now on the viewer's own.
      await store.setFeedback(ann, movieIdOf(2), 'DISLIKE', day(10));
      expect(await merge(ann, [rated(2, 5)])).toMatchObject({ ratings: 1, likes: 0, feedbackRemoved: 0 });
      expect(await signals(ann)).toContainEqual([2, 'DISLIKE']);
    });

    it('takes a date for an imported play without one, and no play twice', async () => {
      const ann = user();
      expect(await merge(ann, [item(1, { plays: [null] })])).toMatchObject({ plays: 1 });
      expect(await merge(ann, [item(1, { plays: [null] })])).toMatchObject({ plays: 0 });
      expect(await merge(ann, [item(1, { plays: [day(3), hour(3, 20), hour(9, 1)] })])).toMatchObject({ plays: 2 });
      expect(await merge(ann, [item(1, { plays: [null, day(9)] })])).toMatchObject({ plays: 1 });
      expect(await dates(ann)).toEqual([hour(9, 1), hour(3, 20), null]);
    });

    it('adds plays without a date until there are as many as stated, in any order of the files', async () => {
      const counted = item(1, { plays: [day(3)], playCount: 3 });
      const dated = item(1, { plays: [day(1), day(2), day(3)] });
      for (const [order, plays] of [
        [[dated, counted], 3],
        [[counted, dated], 3],
        [[counted, counted], 3],
        [[counted, item(1, { plays: [day(5)] })], 3],
      ] as const) {
        const ann = user();
        for (const one of order) await merge(ann, [one]);
        expect(await dates(ann)).toHaveLength(plays);
      }
    });

    it('undoes an import as a whole, but not what was changed since', async () => {
      const ann = user();
      await store.addToWatchlist(ann, movie(3), day(1));
      const before = [await store.wholeWatchlist(ann), await stars(ann), await signals(ann), await dates(ann)];
      const all = (id: number): HistoryItem => ({ ...rated(id, 5), listed: { at: null }, watched: { at: day(2) }, plays: [day(2)] });
      await merge(ann, [all(1), all(2), all(3)], day(10));
      const [{ importId, changeCount, files, rowCount, movieCount, undoneAt }] = await store.history.imports(ann);
      expect(await store.history.undoSize(ann, importId)).toBe(changeCount);
      expect(await store.history.undoSize('nobody', importId)).toBe(0);
      expect({ changeCount, files, rowCount, movieCount, undoneAt }).toEqual({
        changeCount: 12,
        files: ['a.csv'],
        rowCount: 3,
        movieCount: 3,
        undoneAt: null,
      });
      expect(await store.history.importChanges(ann, importId, 2, 2)).toEqual([
        { kind: 'WATCHLIST', movieId: 3, title: 'Film 3', year: 1990, before: 'TO_WATCH', after: 'WATCHED' },
        { kind: 'PLAY', movieId: 1, title: 'Film 1', year: 1990, before: null, after: '2026-01-02' },
      ]);
      await store.history.rate(ann, movie(2), 4.5, 'LIKE', day(11));
      expect(await store.history.undoImport(user(), importId, day(12))).toBeUndefined();
      expect(await store.history.undoImport(ann, importId, day(12))).toMatchObject({ undoneAt: day(12), changeCount: 0 });
      await store.history.undoImport(ann, importId, day(13));
      expect(await stars(ann)).toEqual([[2, 4.5]]);
      await store.history.rate(ann, movie(2), null, null, day(14));
      expect([await store.wholeWatchlist(ann), await stars(ann), await signals(ann), await dates(ann)]).toEqual(before);
    });

    it('leaves removed what the viewer has removed, when a scheduled file says it again', async () => {
      const ann = user();
      const scheduled = (items: HistoryItem[]) => {
        const origin = { importId: `import-${++imports}`, files: ['a.csv'], rowCount: items.length };
        return store.mergeHistory(ann, items, day(20), { origin, keepsRemovals: true });
      };
      const same = [
        { ...rated(1, 5, day(2)), watched: { at: day(2) }, plays: [day(2), null] },
        item(2, { listed: { at: null } }),
        item(3, { watched: { at: day(3) } }),
        rated(4, 5),
      ];
      expect(await scheduled(same)).toMatchObject({
        ratings: 2,
        likes: 2,
        plays: 2,
        addedToWatchlist: 3,
        addedToWatch: 1,
        markedWatched: 2,
      });
      await store.history.rate(ann, movie(1), null, null, day(5));
      for (const { playId } of await store.history.allPlays(ann)) await store.history.removePlay(ann, playId);
      await store.removeFromWatchlist(ann, [movieIdOf(1), movieIdOf(2)]);
      await store.setWatched(ann, [movieIdOf(3)], false, day(5));
      await store.setFeedback(ann, movieIdOf(4), null, day(5));
      const left = [await stars(ann), await signals(ann), await dates(ann), await store.wholeWatchlist(ann)];
      expect(await scheduled(same)).toEqual(countChanges([]));
      expect([await stars(ann), await signals(ann), await dates(ann), await store.wholeWatchlist(ann)]).toEqual(left);
      // What the file says anew is taken.
      const anew = [
        { ...rated(1, 4.5, day(6)), plays: [day(2), day(6)] },
        item(2, { watched: { at: day(6) } }),
        item(3, { watched: { at: day(6) } }),
      ];
      expect(await scheduled(anew)).toMatchObject({ ratings: 1, plays: 1, addedToWatchlist: 1, addedToWatch: 0, markedWatched: 2 });
      expect([await dates(ann), await stars(ann)]).toEqual([
        [day(6)],
        [
          [1, 4.5],
          [4, 5],
        ],
      ]);
      // A file that the viewer imports by hand brings back the rest.
      expect(await merge(ann, same)).toMatchObject({ ratings: 0, likes: 1, plays: 2, addedToWatchlist: 1 });
    });

    it('leaves away what an undo took away, when a scheduled file says it again', async () => {
      const ann = user();
      const scheduled = (items: HistoryItem[]) => {
        const origin = { importId: `import-${++imports}`, files: ['a.csv'], rowCount: items.length };
        return store.mergeHistory(ann, items, day(20 + imports / 1000), { origin, keepsRemovals: true });
      };
      await merge(ann, [rated(1, 5, day(1))], day(10));
      const left = [await stars(ann), await signals(ann), await dates(ann), await store.wholeWatchlist(ann)];
      const file = [
        rated(1, 2, day(2)),
        { ...rated(2, 4, day(2)), watched: { at: day(2) }, plays: [day(2), null] },
        item(3, { listed: { at: null } }),
      ];
      expect(await scheduled(file)).toMatchObject({ ratings: 2, likes: 1, dislikes: 1, plays: 2, addedToWatchlist: 2 });
      const undone = `import-${imports}`;
      await store.history.undoImport(ann, undone, day(30));
      expect(await store.history.importChanges(ann, undone, 10, 0)).toEqual([]);
      expect((await store.history.imports(ann))[0]).toMatchObject({ importId: undone, changeCount: 0, undoneAt: day(30) });
      expect(await store.history.undoSize(ann, undone)).toBe(0);
      expect(await scheduled(file)).toEqual(countChanges([]));
      expect([await stars(ann), await signals(ann), await dates(ann), await store.wholeWatchlist(ann)]).toEqual(left);
      // What is new in the file since is taken.
      expect(await scheduled([...file, rated(4, 5, day(3))])).toEqual({ ...countChanges([]), ratings: 1, likes: 1 });
      // A file that the viewer imports by hand brings back the rest, and scheduled files then keep to that.
      expect(await merge(ann, file, day(31))).toMatchObject({ ratings: 2, likes: 1, dislikes: 1, plays: 2, addedToWatchlist: 2 });
      expect(await scheduled(file)).toEqual(countChanges([]));
    });

    it('reads the changes of an import page by page, to its end', async () => {
      const ann = user();
      const items = Array.from({ length: 2 * PAGE_SIZE + 1 }, (_, n) => item(n + 1, { listed: { at: null } }));
      const origin = () => ({ importId: `import-${++imports}`, files: ['a.csv'], rowCount: items.length });
      await merge(ann, items);
      const ids = [1, PAGE_SIZE, PAGE_SIZE + 1, 2 * PAGE_SIZE, 2 * PAGE_SIZE + 1].map(movieIdOf);
      await store.removeFromWatchlist(ann, ids);
      const again = await store.mergeHistory(ann, items, day(21), { origin: origin(), keepsRemovals: true });
      expect([again.addedToWatchlist, (await store.wholeWatchlist(ann)).length]).toEqual([0, items.length - ids.length]);
      await store.history.undoImport(ann, `import-${imports - 1}`, day(22));
      expect(await store.wholeWatchlist(ann)).toEqual([]);
    });

    it('takes again what an earlier import took away itself', async () => {
      const ann = user();
      const options = () => ({ origin: { importId: `import-${++imports}`, files: [], rowCount: 1 }, keepsRemovals: true });
      for (const [stars, likes] of [
        [5, 1],
        [3, 0],
        [5, 1],
      ])
        expect(await store.mergeHistory(ann, [rated(1, stars)], day(20), options())).toMatchObject({ ratings: 1, likes });
    });

    it('keeps imports that changed something before those that changed nothing', async () => {
      const ann = user();
      for (let i = 0; i < 60; i++) await merge(ann, [rated(1, 5)], new Date(day(1).getTime() + i));
      const listed = await store.history.imports(ann);
      expect([listed.length, listed[49].changeCount, listed[49].importedAt]).toEqual([50, 2, day(1)]);
    });

    it('lists the last 50 imports, and moves them with the library of a guest', async () => {
      const ann = user();
      for (let i = 0; i < 52; i++) await merge(ann, [rated(i + 1, 5)], new Date(day(1).getTime() + i));
      const listed = await store.history.imports(ann);
      expect([listed.length, listed[0].importedAt, listed[49].importedAt.getTime() - day(1).getTime()]).toEqual([
        50,
        new Date(day(1).getTime() + 51),
        2,
      ]);
      // Nothing is kept of an older one.
      expect(await store.history.undoImport(ann, `import-${imports - 50}`, day(2))).toBeUndefined();
      const bob = user();
      await store.moveUser(ann, bob);
      expect((await stars(bob)).length).toBe(52);
      await store.history.undoImport(bob, listed[0].importId, day(2));
      expect((await stars(bob)).length).toBe(51);
      await store.deleteUser(bob);
      expect([await stars(bob), await store.history.imports(bob)]).toEqual([[], []]);
    });

    it('moves with all plays of a movie, and leaves out a movie that the other user has', async () => {
      const [guest, ann] = [user(), user()];
      const plays = Array.from({ length: PAGE_SIZE + 10 }, (_, n) => day(n + 1));
      await merge(guest, [item(1, { plays }), item(2, { plays: [day(1)] })]);
      await merge(ann, [item(2, { plays: [day(2)] })]);
      await store.moveUser(guest, ann);
      expect(await store.history.plays(ann, PLAYS)).toMatchObject({ totalCount: plays.length + 1 });
      expect(await store.history.plays(guest, PLAYS)).toMatchObject({ totalCount: 0 });
    });
  });
}
