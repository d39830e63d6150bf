import { describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import type { CatalogRow } from '../engine/features/catalog-row.ts';
import { snapshotOf } from '../recommendations/snapshot.ts';
import { MAX_CANDIDATES, type MovieClues, type MovieMatch, matchMovies, SURE, sureMatch } from './movie-matcher.ts';

const NO_CLUES: MovieClues = { movieId: null, imdbId: null, tmdbId: null, title: '', year: null };

function movie(fields: Partial<CatalogRow> & { movieId: number }): CatalogRow {
  return { ...FIXTURE_MOVIES[0], alternativeTitles: [], imdbId: fields.movieId + 1_000, tmdbId: fields.movieId + 2_000, ...fields };
}

const MOVIES = [
  movie({ movieId: 1, title: 'The Matrix', year: 1999 }),
  movie({ movieId: 2, title: 'Solaris', year: 1972, alternativeTitles: ['Solyaris', 'Солярис'] }),
  movie({ movieId: 3, title: 'Solaris', year: 2002 }),
  movie({ movieId: 4, title: 'Twins', year: 1988 }),
  movie({ movieId: 5, title: 'Twins', year: 1988 }),
  movie({ movieId: 6, title: 'Undated', year: null }),
  movie({ movieId: 7, title: 'The', year: 2001 }),
  movie({ movieId: 8, title: 'Nameless', year: 1950, imdbId: null }),
  ...[11, 12, 13, 14, 15, 16].map((movieId) => movie({ movieId, title: 'Hamlet', year: 1900 + movieId })),
];
const { catalog } = snapshotOf(releaseInMemory(MOVIES, shippedConfig('default')));

/** Candidates of one row as [movie id, confidence], best first. */
async function candidates(clues: Partial<MovieClues>): Promise<[number, number][]> {
  const [matches] = await matchMovies(catalog, [{ ...NO_CLUES, ...clues }]);
  return matches.map(({ index, confidence }) => [MOVIES[index].movieId, Math.round(confidence * 100) / 100]);
}

const sure = async (clues: Partial<MovieClues>): Promise<boolean> =>
  sureMatch((await matchMovies(catalog, [{ ...NO_CLUES, ...clues }]))[0]) !== undefined;

describe('movies of another site', () => {
  it.each<[string, Partial<MovieClues>, [number, number][]]>([
    ['an equal title and year', { title: 'The Matrix', year: 1999 }, [[1, 1]]],
    ['a title without its article', { title: 'Matrix', year: 1999 }, [[1, 1]]],
    ['a title with its article behind it', { title: 'MATRIX, The', year: 1999 }, [[1, 1]]],
    ['the next year', { title: 'The Matrix', year: 2000 }, [[1, 0.9]]],
    ['the year before', { title: 'The Matrix', year: 1998 }, [[1, 0.9]]],
    ['two years apart', { title: 'The Matrix', year: 2001 }, [[1, 0.4]]],
    ['no year', { title: 'The Matrix' }, [[1, 0.75]]],
    ['a year that the catalog does not know', { title: 'Undated', year: 1999 }, [[6, 0.75]]],
    ['another title of the movie', { title: 'Solyaris', year: 1972 }, [[2, 0.95]]],
    ['another title and the next year', { title: 'Солярис', year: 1973 }, [[2, 0.85]]],
    [
      'two movies of the title',
      { title: 'Solaris', year: 2002 },
      [
        [3, 1],
        [2, 0.4],
      ],
    ],
    ['nothing but an article', { title: 'The', year: 2001 }, [[7, 1]]],
    ['no title', { title: '?!', year: 2001 }, []],
    ['an unknown title', { title: 'Metropolis', year: 1927 }, []],
    ['an equal id of this catalog', { movieId: 4, title: 'Solaris', year: 1972 }, [[4, 1]]],
    ['an equal IMDb id', { imdbId: 1_004, title: 'Solaris', year: 1972 }, [[4, 1]]],
    ['an equal TMDb id', { tmdbId: 2_005, title: 'Solaris', year: 1972 }, [[5, 1]]],
    ['an id that the catalog lacks, and the title of a movie with another id', { imdbId: 7, title: 'The Matrix', year: 1999 }, [[1, 0.6]]],
    ['another TMDb id', { tmdbId: 7, title: 'The Matrix', year: 2000 }, [[1, 0.6]]],
    ['another id of this catalog', { movieId: 99, title: 'The Matrix', year: 1999 }, [[1, 0.6]]],
    ['an id where the catalog has none', { imdbId: 7, title: 'Nameless', year: 1950 }, [[8, 0.95]]],
  ])('are found by %s', async (_what, clues, expected) => {
    expect(await candidates(clues)).toEqual(expected);
  });

  it('are doubtful without a year, two years apart, and when two have one title and year', async () => {
    expect(await sure({ title: 'The Matrix', year: 1999 })).toBe(true);
    expect(await sure({ title: 'The Matrix', year: 2000 })).toBe(true);
    expect(await sure({ title: 'The Matrix', year: 2001 })).toBe(false);
    expect(await sure({ title: 'The Matrix' })).toBe(false);
    expect(await sure({ title: 'Twins', year: 1988 })).toBe(false);
    expect(await sure({ imdbId: 1_004, title: 'Twins', year: 1988 })).toBe(true);
    expect(await sure({ imdbId: 1_004, tmdbId: 2_005 })).toBe(false);
  });

  it('are listed best first and then by row, at most five', async () => {
    expect(MAX_CANDIDATES).toBe(5);
    expect((await candidates({ title: 'Hamlet', year: 1913 })).map(([id]) => id)).toEqual([13, 12, 14, 11, 15]);
  });

  it('are compared once for equal rows, and found for each of them', async () => {
    let checks = 0;
    const row = { ...NO_CLUES, title: 'Twins', year: 1988 };
    const rows = [...Array.from({ length: 50_000 }, () => row), { ...row, year: 1989 }];
    const matches = await matchMovies(catalog, rows, () => {
      checks++;
    });
    expect(matches).toHaveLength(50_001);
    expect(matches[0]).toHaveLength(2);
    expect(matches[49_999]).toBe(matches[0]);
    expect(matches[50_000]).not.toBe(matches[0]);
    expect(checks).toBe(1);
  });

  it.each<[MovieMatch['reason'], Partial<MovieClues>]>([
    ['ID', { movieId: 1 }],
    ['ID', { imdbId: 1_001, title: 'The Matrix', year: 1999 }],
    ['TITLE_AND_YEAR', { title: 'The Matrix', year: 1999 }],
    ['TITLE', { title: 'The Matrix', year: 2000 }],
    ['TITLE', { title: 'The Matrix' }],
    ['TITLE', { title: 'Undated', year: 1999 }],
    // Neither year is known, so they are not equal.
    ['TITLE', { title: 'Undated' }],
    ['ALTERNATIVE_TITLE', { title: 'Solyaris', year: 1972 }],
  ])('say what they rest on: %s for %j', async (reason, clues) => {
    expect((await matchMovies(catalog, [{ ...NO_CLUES, ...clues }]))[0].map((match) => match.reason)).toEqual([reason]);
  });

  it('let everything else run between two checks', async () => {
    const clues = Array.from({ length: 20_000 }, (_, n) => ({ ...NO_CLUES, title: 'Twins', year: n + 1 }));
    let turns = 0;
    const turn = setInterval(() => turns++, 0);
    const immediate = (): void => {
      turns++;
      again = setImmediate(immediate);
    };
    let again = setImmediate(immediate);
    const turnsAtChecks: number[] = [];
    await matchMovies(catalog, clues, () => turnsAtChecks.push(turns));
    clearInterval(turn);
    clearImmediate(again);
    const [first, second, third] = turnsAtChecks;
    expect([second > first, third > second]).toEqual([true, true]);
  });

  it('are checked for and let others run every 2,000 steps, a comparison being a tenth of one', async () => {
    const clues = Array.from({ length: 20_000 }, (_, n) => ({ ...NO_CLUES, title: 'Twins', year: n + 1 }));
    let checks = 0;
    await matchMovies(catalog, clues, () => {
      checks++;
    });
    // At the start, and after each of the two movies that 20,000 clues are compared with.
    expect(checks).toBe(3);
    const stopped = matchMovies(catalog, clues, () => {
      throw new Error('out of time');
    });
    await expect(stopped).rejects.toThrow('out of time');
  });
});

it('every 2,000 steps somebody is told how much is done', async () => {
  const sharesOf = async (count: number): Promise<number[]> => {
    const clues = Array.from({ length: count }, (_, n) => ({ ...NO_CLUES, title: 'The Matrix', year: n + 1 }));
    const shares: number[] = [];
    await matchMovies(
      catalog,
      clues,
      () => undefined,
      (share) => shares.push(share),
    );
    return shares;
  };
  // Tenths of steps for the comparisons with the first of fourteen movies, and one for each of the thirteen others.
  expect(catalog.size).toBe(14);
  expect(await sharesOf(19_870)).toEqual([0]);
  expect(await sharesOf(19_880)).toEqual([0, 13 / 14]);
});

describe('a sure match', () => {
  const match = (row: number, confidence: number): MovieMatch => ({ index: catalog.indexAt(row), confidence, reason: 'TITLE' });

  it.each<[string, number[], number | undefined]>([
    ['none', [], undefined],
    ['one at the threshold', [SURE], SURE],
    ['one just below it', [SURE - 0.001], undefined],
    ['a better one before another', [0.9, 0.8], 0.9],
    ['two that are equally good', [1, 1], undefined],
  ])('of %s', (_what, confidences, expected) => {
    expect(SURE).toBe(0.8);
    expect(sureMatch(confidences.map((confidence, row) => match(row, confidence)))?.confidence).toBe(expected);
  });
});
