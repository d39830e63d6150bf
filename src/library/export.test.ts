import { beforeEach, describe, expect, it } from 'vitest';
import { movieIdOf } from '../../test/movie-ids.ts';
import { emptyLibrary } from '../../test/running-app.ts';
import { createExports, type Exports, type NamedMovie } from './export.ts';
import type { LibraryStore } from './library-store.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const HEAT: NamedMovie = { title: 'Heat', year: 1995, imdbId: 'tt0113277', tmdbId: 949 };
const record = (id: number, title: string, year: number | null) => ({
  movieId: movieIdOf(id),
  title,
  sortTitle: title.toLowerCase(),
  year,
});

let library: LibraryStore;
let exports: Exports;
const jsonOf = async (userId: string, withWhereabouts = true) => Buffer.concat(await exports.json(userId, withWhereabouts)).toString();
const csvOf = async (userId: string) => Buffer.concat(await exports.csv(userId)).toString();
beforeEach(async () => {
  library = await emptyLibrary();
  exports = createExports({
    library,
    account: async (userId, withWhereabouts) => ({ userId, withWhereabouts }),
    nameMovie: (movieId) => (movieId === 6 ? HEAT : undefined),
  });
  // Heat has everything. The other movies left the catalog, and each list names one of them.
  await library.addToWatchlist('ann', record(6, 'Old Heat', 1994), day(1));
  await library.setWatched('ann', [movieIdOf(6)], true, new Date(Date.UTC(2026, 0, 2, 3)));
  await library.history.rate('ann', record(6, 'Old Heat', 1994), 4.5, 'LIKE', day(3));
  await library.history.addPlay('ann', record(6, 'Old Heat', 1994), day(4));
  await library.history.addPlay('ann', record(6, 'Old Heat', 1994), null);
  await library.addToWatchlist('ann', record(7, 'Listed, "once"', null), day(5));
  await library.history.rate('ann', record(8, 'Rated', 2001), 3, null, day(6));
  await library.history.addPlay('ann', record(9, 'Played', 2002), new Date(Date.UTC(2026, 0, 7, 8)));
  await library.setFeedback('ann', movieIdOf(10), 'NOT_INTERESTED', day(8));
});

describe('the export as CSV', () => {
  it('has one line for each movie, named by the catalog or else by the lists', async () => {
    const [header, ...lines] = (await csvOf('ann')).split('\r\n');
    expect(header).toBe('movieId,imdbId,tmdbId,title,year,feedback,feedbackAt,onWatchlist,addedAt,watched,watchedAt,stars,ratedAt,plays');
    expect(lines.sort()).toEqual([
      '',
      '10,,,,,NOT_INTERESTED,2026-01-08T00:00:00.000Z,no,,,,,,',
      '6,tt0113277,949,Heat,1995,LIKE,2026-01-03T00:00:00.000Z,yes,2026-01-01T00:00:00.000Z,yes,2026-01-02T03:00:00.000Z,4.5,2026-01-03,2026-01-04 ?',
      '7,,,"Listed, ""once""",,,,yes,2026-01-05T00:00:00.000Z,no,,,,',
      '8,,,Rated,2001,,,no,,,,3,2026-01-06,',
      '9,,,Played,2002,,,no,,,,,,2026-01-07T08:00:00.000Z',
    ]);
  });

  it('of nobody is the header', async () => {
    expect((await csvOf('bob')).split('\r\n')).toHaveLength(2);
  });
});

describe('the export as JSON', () => {
  it('has all data, with names that stay when the code changes', async () => {
    const { exportedAt, ...data } = JSON.parse(await jsonOf('ann'));
    expect(new Date(exportedAt).toISOString()).toBe(exportedAt);
    expect(Object.keys(data)).toEqual([
      'account',
      'preferences',
      'sharedWatchlist',
      'sharedGroups',
      'pushSubscriptions',
      'watchlist',
      'feedback',
      'ratings',
      'plays',
      'hook',
      'mediaUsers',
      'hookEvents',
    ]);
    expect(data.account).toEqual({ userId: 'ann', withWhereabouts: true });
    const of = (list: { movieId: string }[], id: string) => list.find(({ movieId }) => movieId === id);
    expect(of(data.watchlist, '6')).toEqual({
      movieId: '6',
      ...HEAT,
      addedAt: '2026-01-01T00:00:00.000Z',
      watched: true,
      watchedAt: '2026-01-02T03:00:00.000Z',
    });
    expect(of(data.watchlist, '7')).toMatchObject({ title: 'Listed, "once"', year: null, watched: false, watchedAt: null });
    expect(data.feedback).toEqual([
      { movieId: '10', signal: 'NOT_INTERESTED', saidAt: '2026-01-08T00:00:00.000Z' },
      { movieId: '6', signal: 'LIKE', saidAt: '2026-01-03T00:00:00.000Z', ...HEAT },
    ]);
    expect(data.ratings).toEqual([
      { movieId: '8', stars: 3, ratedAt: '2026-01-06', title: 'Rated', year: 2001 },
      { movieId: '6', stars: 4.5, ratedAt: '2026-01-03', ...HEAT },
    ]);
    expect(of(data.plays, '6')).toEqual({ movieId: '6', dates: ['2026-01-04', null], ...HEAT });
    expect(of(data.plays, '9')).toEqual({ movieId: '9', dates: ['2026-01-07T08:00:00.000Z'], title: 'Played', year: 2002 });
  });

  it('leaves out the whereabouts when told so', async () => {
    expect(JSON.parse(await jsonOf('ann', false)).account.withWhereabouts).toBe(false);
  });
});

describe('an export of a long library', () => {
  it('is written as JSON.stringify writes it, and leaves turns to other requests', async () => {
    const items = Array.from({ length: 5_000 }, (_, n) => ({
      movie: record(n + 1, `Film ${n}`, 1990),
      listed: { at: day(1) },
      watched: undefined,
      feedback: { signal: 'LIKE' as const, at: day(2) },
      rating: { stars: 5, signal: 'LIKE' as const, at: day(2) },
      plays: [day(3)],
    }));
    await library.mergeHistory('cid', items, day(4));
    const turnsOf = async (write: () => Promise<string>): Promise<{ text: string; turns: number }> => {
      let turns = 0;
      let isDone = false;
      const others = (): void => {
        if (isDone) return;
        turns++;
        setImmediate(others);
      };
      setImmediate(others);
      const text = await write();
      isDone = true;
      return { text, turns };
    };
    const json = await turnsOf(() => jsonOf('cid'));
    expect(json.text).toBe(`${JSON.stringify(JSON.parse(json.text), null, 2)}\n`);
    expect(json.turns).toBeGreaterThanOrEqual(4 + 4 * 5);
    const csv = await turnsOf(() => csvOf('cid'));
    expect(csv.text.split('\r\n')).toHaveLength(5_002);
    expect(csv.turns).toBeGreaterThanOrEqual(4 + 5);
    const nobody = await jsonOf('dan');
    expect(nobody).toBe(`${JSON.stringify(JSON.parse(nobody), null, 2)}\n`);
  });
});
