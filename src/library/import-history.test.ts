import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { NO_METRICS } from '../../test/recording-metrics.ts';
import { emptyLibrary } from '../../test/running-app.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import type { HistoryFile } from './history/history-files.ts';
import type { ReadOptions } from './history/read-options.ts';
import { type ImportDependencies, type ImportRequest, importHistory } from './import-history.ts';

const ANN = { userId: 'ann', isGuest: false };
let snapshot: Snapshot;
let rooms: Omit<ImportDependencies, 'deadline'>;
beforeAll(async () => {
  snapshot = await fixtureSnapshot();
  await snapshot.search.build();
});
beforeEach(async () => {
  rooms = { library: await emptyLibrary(), snapshot, metrics: NO_METRICS };
});

const file = (content: string, name = '', options: ReadOptions = {}): HistoryFile => ({ name, content, options });
const named = (...lines: string[]): HistoryFile => file(`Name,Year\n${lines.join('\n')}\n`, '', { source: 'LETTERBOXD_WATCHED' });
const run = (files: HistoryFile[], more: Partial<ImportRequest> = {}, check: () => void = () => undefined) =>
  importHistory({ ...rooms, deadline: { check } }, ANN, { files, dryRun: true, choices: [], likeFrom: 4, dislikeUpTo: 2, ...more });

it('an import spends points for its rows, for words that it searches, and for movies that it keeps', async () => {
  const charged: number[] = [];
  const charge = async (points: number): Promise<void> => void charged.push(points);
  const request = { choices: [], likeFrom: 4, dislikeUpTo: 2 };
  const files = [named('Alien,1979', 'ALIEN,1979', 'Qwxz Vbnm,2000')];
  for (const dryRun of [true, false])
    await importHistory({ ...rooms, charge, deadline: { check: () => undefined } }, ANN, { ...request, files, dryRun });
  const [rows, words, kept] = [3 * 0.5, 2 * 35, 2];
  expect(charged).toEqual([rows, words, rows, words, kept]);
  const refusing = async (): Promise<void> => {
    throw new Error('no points are left');
  };
  const refused = importHistory({ ...rooms, charge: refusing, deadline: { check: () => undefined } }, ANN, {
    ...request,
    files,
    dryRun: true,
  });
  await expect(refused).rejects.toThrow('no points are left');
});

describe('the thresholds of an import', () => {
  const rated = file('Name,Rating\nAlien,4\nThe Matrix,3.5\nGladiator,2.5\nAladdin,2\n', '', { source: 'LETTERBOXD_RATINGS' });
  it.each([
    [4, 2, 1, 1],
    [3.5, 2.5, 2, 2],
    [5, 0.5, 0, 0],
    [2.5, 2, 3, 1],
  ])('likes from %d, dislikes up to %d: %d and %d', async (likeFrom, dislikeUpTo, likes, dislikes) => {
    expect(await run([rated], { likeFrom, dislikeUpTo, choices: chosen(4) })).toMatchObject({ likes, dislikes });
  });

  /** A title without a year is doubtful, so the movies are chosen. */
  function chosen(count: number): ImportRequest['choices'] {
    return ['1214', '2571', '8132', '588'].slice(0, count).map((movieId, n) => ({ row: n + 1, movieId }));
  }

  it.each([
    [5.1, 2, 'likeFrom: is 5.1; it must be from 0.5 to 5'],
    [0.4, 2, 'likeFrom: is 0.4; it must be from 0.5 to 5'],
    [4, 0.4, 'dislikeUpTo: is 0.4; it must be from 0.5 to 5'],
    [4, 5.1, 'dislikeUpTo: is 5.1; it must be from 0.5 to 5'],
    [4, 4, 'dislikeUpTo: is 4; it must be below likeFrom, which is 4'],
  ])('%d and %d are refused', async (likeFrom, dislikeUpTo, message) => {
    await expect(run([rated], { likeFrom, dislikeUpTo })).rejects.toThrow(message);
  });
});

describe('the rows of an import', () => {
  it('are taken, doubtful or not found', async () => {
    const { taken, doubtful, notFound, rowCount, movieCount, importId } = await run([
      named('Alien,1979', 'Gladiatr,2000', 'Metropolis,1927', 'ALIEN,1979'),
    ]);
    expect(taken.map(({ row, reason, confidence, watched, listed }) => [row, reason, confidence, watched, listed])).toEqual([
      [1, 'TITLE_AND_YEAR', 1, true, false],
      [4, 'TITLE_AND_YEAR', 1, true, false],
    ]);
    expect(doubtful.map(({ row, candidates }) => [row, candidates.map(({ reason }) => reason)])).toEqual([[2, ['SIMILAR_TITLE']]]);
    expect(notFound.map(({ row, title, year, problem }) => [row, title, year, problem])).toEqual([
      [3, 'Metropolis', 1927, 'UNKNOWN_MOVIE'],
    ]);
    expect([rowCount, movieCount, importId]).toEqual([4, 1, null]);
  });

  it('are left out, or are the movie that the viewer says', async () => {
    const choices = [{ row: 1, movieId: null }, { row: 2, movieId: '8132' }, { row: 3 }];
    const { taken, notFound } = await run([named('Alien,1979', 'Gladiatr,2000', 'Aladdin,1992')], { choices });
    expect(taken.map(({ row, reason, confidence }) => [row, reason, confidence])).toEqual([[2, null, 1]]);
    expect(notFound.map(({ row, problem }) => [row, problem])).toEqual([
      [1, 'LEFT_OUT'],
      [3, 'LEFT_OUT'],
    ]);
  });

  it('that say nothing of their movie are taken, and counted as no movie', async () => {
    const { taken, movieCount, ratings } = await run([
      file('Title,Year,Rating\nAlien,1979,0\nThe Matrix,1999,5\n', '', { source: 'GENERIC' }),
    ]);
    expect([taken.map(({ row }) => row), movieCount, ratings]).toEqual([[1, 2], 1, 1]);
  });

  it('have 500 choices at most, of movies that the catalog has', async () => {
    const many = (length: number) => Array.from({ length }, (_, n) => ({ row: n + 1, movieId: '1' }));
    expect((await run([named('x')], { choices: many(500) })).taken).toHaveLength(1);
    await expect(run([named('x')], { choices: many(501) })).rejects.toThrow('choices: has 501 entries; at most 500 are allowed');
    await expect(run([named('x')], { choices: [...many(1), { row: 2, movieId: '99' }] })).rejects.toThrow(
      'choices[1].movieId: "99" is not a movie of the catalog',
    );
  });

  it('of a series are looked up by their ids only', async () => {
    const rows = ['show,The Matrix,1999,,', 'episode,The Matrix,1999,,', 'movie,The Matrix,1999,,'];
    const text = `type,title,year,imdb_id,watched_at\n${rows.join('\n')}\n`;
    const { taken, notFound } = await run([file(text, '', { source: 'TRAKT' })]);
    expect(taken.map(({ row }) => row)).toEqual([3]);
    expect(notFound.map(({ problem }) => problem)).toEqual(['SERIES', 'EPISODE']);
  });
});

describe('the work of an import', () => {
  it('is checked for every thousand rows', async () => {
    const checksOf = async (rows: number): Promise<number> => {
      let checks = 0;
      const text = `movieId,rating\n${'2571,4\n'.repeat(rows)}`;
      await run([file(text, '', { source: 'MOVIELENS' })], {}, () => {
        checks++;
      });
      return checks;
    };
    const few = await checksOf(1);
    expect([(await checksOf(1_000)) - few, (await checksOf(1_001)) - few, (await checksOf(2_001)) - few]).toEqual([0, 1, 2]);
  });

  it('searches 200 rows for similar titles, and no more', async () => {
    const { doubtful, notFound } = await run([named(...Array.from({ length: 201 }, () => 'Gladiatr,2000'))]);
    expect([doubtful.length, notFound.map(({ row }) => row)]).toEqual([200, [201]]);
  });

  it('searches for 800 words in all, and no more', async () => {
    const four = Array.from({ length: 199 }, () => 'The Empire Strikes Bak,1980');
    const found = async (last: string): Promise<number> => (await run([named(...four, last)])).doubtful.length;
    expect(await found('The Empire Strikes Bak,1980')).toBe(200);
    expect(await found('Eternal Sunshine of Spotless Mnd,2004')).toBe(199);
  });

  it('stops when the time is up', async () => {
    const stopped = run([named('Alien,1979')], {}, () => {
      throw new Error('time is up');
    });
    await expect(stopped).rejects.toThrow('time is up');
  });
});

describe('the files of an import', () => {
  const good = named('Alien,1979');

  it('are 1 to 50', async () => {
    await expect(run([])).rejects.toThrow('files: is empty; at least one file is needed');
    const many = (length: number) => Array.from({ length }, () => good);
    expect((await run(many(50))).files).toHaveLength(50);
    await expect(run(many(51))).rejects.toThrow('files: has 51 entries; at most 50 are allowed');
  });

  it('are refused when none can be read, and reported when some can', async () => {
    await expect(run([file('a,b\n')])).rejects.toThrow('text: is no file of a known site');
    await expect(run([file('a,b\n', 'x.csv'), file('c\n', 'y.csv')])).rejects.toThrow('files: x.csv is no file of a known site');
    const { files, taken } = await run([file('a,b\n', 'x.csv'), good]);
    expect(files.map(({ problem }) => problem === null)).toEqual([false, true]);
    expect(taken).toHaveLength(1);
  });

  it('are remembered by their names', async () => {
    const { importId, dryRun } = await run([{ ...good, name: 'watched.csv' }, good], { dryRun: false });
    expect(dryRun).toBe(false);
    expect(await rooms.library.history.imports('ann')).toMatchObject([
      { importId, files: ['watched.csv', 'text'], rowCount: 2, movieCount: 1 },
    ]);
  });
});
