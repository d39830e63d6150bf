import { describe, expect, it } from 'vitest';
import { jsonRecords } from './history-json.ts';
import { MAX_ROWS } from './history-row.ts';

/** Records as objects of the cells that are not empty. */
const recordsOf = (value: unknown): Record<string, string>[] => {
  const [columns, ...records] = jsonRecords(JSON.stringify(value));
  return records.map((record) => Object.fromEntries(record.map((cell, at) => [columns[at], cell]).filter(([, cell]) => cell !== '')));
};

describe('JSON of this program', () => {
  const named = { movieId: '6', imdbId: 'tt0113277', tmdbId: 949, title: 'Heat', year: 1995 };
  const names = { movieid: '6', imdbid: 'tt0113277', tmdbid: '949', title: 'Heat', year: '1995' };

  it('is one record a movie, with the columns of the CSV', () => {
    const value = {
      account: {},
      watchlist: [{ ...named, addedAt: '2026-01-01T00:00:00.000Z', watched: true, watchedAt: '2026-01-02' }],
      feedback: [{ movieId: '6', signal: 'LIKE', saidAt: '2026-01-03T00:00:00.000Z' }],
      ratings: [{ movieId: '6', stars: 4.5, ratedAt: '2026-01-04' }],
      plays: [{ movieId: '6', dates: ['2026-01-05', null] }],
    };
    expect(recordsOf(value)).toEqual([
      {
        ...names,
        onwatchlist: 'yes',
        addedat: '2026-01-01T00:00:00.000Z',
        watched: 'yes',
        watchedat: '2026-01-02',
        feedback: 'LIKE',
        feedbackat: '2026-01-03T00:00:00.000Z',
        stars: '4.5',
        ratedat: '2026-01-04',
        plays: '2026-01-05 ?',
      },
    ]);
  });

  it('names a movie by whichever list has it, and takes nothing for a list or an entry that is none', () => {
    const value = {
      account: {},
      watchlist: [{ movieId: '1', watched: false, title: 'A' }, null, 7],
      feedback: [{ ...named, signal: 'DISLIKE', saidAt: '' }],
      ratings: 'none',
      plays: [{ movieId: '1', dates: 'none' }],
    };
    expect(recordsOf(value)).toEqual([
      { movieid: '1', title: 'A', onwatchlist: 'yes', watched: 'no' },
      { ...names, feedback: 'DISLIKE' },
    ]);
  });
});

describe('JSON of Simkl', () => {
  it('has a record for each movie, series and anime', () => {
    const ids = { simkl: 1, tmdb: '949', imdb: 'tt0113277' };
    const item = {
      movie: { title: 'Heat', year: 1995, ids },
      status: 'completed',
      last_watched_at: '2020-01-01T00:00:00Z',
      user_rating: 9,
    };
    const value = {
      movies: [item, null],
      shows: [{ show: { title: 'The Wire', ids: 'none' }, status: 'watching' }],
      anime: [{ show: { title: 'Akira' }, anime_type: 'movie' }, { show: { title: 'Bebop' }, anime_type: 'tv' }, {}],
    };
    expect(recordsOf(value)).toEqual([
      {
        simkl_id: '1',
        title: 'Heat',
        type: 'movie',
        year: '1995',
        watchlist: 'completed',
        watcheddate: '2020-01-01T00:00:00Z',
        rating: '9',
        tmdb: '949',
        imdb: 'tt0113277',
      },
      { title: 'The Wire', type: 'tv show', watchlist: 'watching' },
      { title: 'Akira', type: 'movie' },
      { title: 'Bebop', type: 'anime' },
      { type: 'anime' },
    ]);
    for (const name of ['movies', 'shows', 'anime']) expect(recordsOf({ [name]: [] })).toEqual([]);
  });
});

describe('JSON of Trakt', () => {
  it('has a record for each entry, by the kind that it names or holds', () => {
    const movie = { title: 'Heat', year: 1995, ids: { imdb: 'tt0113277', tmdb: 949 } };
    const names = { title: 'Heat', year: '1995', imdb_id: 'tt0113277', tmdb_id: '949' };
    expect(
      recordsOf([
        { type: 'movie', movie, rating: 8, rated_at: 'a', watched_at: 'b', last_watched_at: 'c', listed_at: 'd' },
        { movie, last_watched_at: 'c' },
        { show: { title: 'The Wire', ids: null } },
        { type: 'episode', episode: { title: 'The Target' }, show: { title: 'The Wire' } },
        7,
      ]),
    ).toEqual([
      { type: 'movie', ...names, rating: '8', rated_at: 'a', watched_at: 'b', listed_at: 'd' },
      { type: 'movie', ...names, watched_at: 'c' },
      { type: 'show', title: 'The Wire' },
      { type: 'episode', title: 'The Target' },
      {},
    ]);
  });
});

it.each(['{}', '{"account":{}}', '{"watchlist":[]}', '{"account":[],"watchlist":[]}', '{"movies":{}}', 'null', '"x"'])(
  '%s is of no known site',
  (text) => {
    expect(() => jsonRecords(text)).toThrow('is JSON of no known site; exports of Trakt, Simkl and CineMatch are taken');
  },
);

it.each(['movie', 'show', 'season', 'episode'])('a list is of Trakt when one entry is about a %s', (kind) => {
  expect(recordsOf([{}, { [kind]: {} }])).toHaveLength(2);
  expect(() => recordsOf([{}, { [kind]: 'x' }])).toThrow('is JSON without films; exports of Trakt, Simkl and CineMatch are taken');
  expect(recordsOf([])).toEqual([]);
});

it('JSON that was cut off is named as such', () => {
  expect(() => jsonRecords('[{"a":1}')).toThrow('begins like JSON and cannot be read as JSON; it may have been cut off');
});

it('JSON has 50,000 rows at most, of whatever site it is', () => {
  const list = <T>(length: number, entry: (n: number) => T): T[] => Array.from({ length }, (_, n) => entry(n));
  const files: ((length: number) => unknown)[] = [
    (length) => list(length, () => ({ movie: {} })),
    (length) => ({ movies: list(length, () => ({})) }),
    (length) => ({ account: {}, watchlist: list(length, (n) => ({ movieId: String(n) })) }),
  ];
  for (const file of files) {
    expect(recordsOf(file(MAX_ROWS))).toHaveLength(50_000);
    expect(() => recordsOf(file(MAX_ROWS + 1))).toThrow('has 50001 rows; at most 50000 are allowed');
  }
});
