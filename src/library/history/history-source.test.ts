import { describe, expect, it } from 'vitest';
import { FORMATS, type HistorySource, sourceOf } from './history-source.ts';
import { readHistory } from './read-history.ts';

const told = (columns: string, fileName = 'x.csv') => sourceOf(new Map(columns.split(',').map((name, at) => [name, at])), fileName);

describe('the site of columns', () => {
  it.each<[columns: string, source: HistorySource | undefined]>([
    ['movieid,onwatchlist', 'CINEMATCH'],
    ['movieid,rating', 'MOVIELENS'],
    ['movie_id,rating', 'MOVIELENS'],
    ['movieid', undefined],
    ['rating', undefined],
    ['letterboxd uri,watched date,rating', 'LETTERBOXD_DIARY'],
    ['letterboxd uri,rating', 'LETTERBOXD_RATINGS'],
    ['letterboxd uri', undefined],
    ['position,name,url,description', 'LETTERBOXD_LIST'],
    ['position,name,url', 'GENERIC'],
    ['name,url,description', 'GENERIC'],
    ['const,your rating', 'IMDB_RATINGS'],
    ['const', 'IMDB_WATCHLIST'],
    ['const,your rating,position', 'IMDB_WATCHLIST'],
    ['const,your rating,created', 'IMDB_WATCHLIST'],
    ['simkl_id', 'SIMKL'],
    ['tmdb id,imdb id', 'TMDB'],
    ['tmdb id', 'GENERIC'],
    ['type,rated_at', 'TRAKT'],
    ['type,watched_at', 'TRAKT'],
    ['type,last_watched_at', 'TRAKT'],
    ['trakt_id,listed_at', 'TRAKT'],
    ['type,title', 'GENERIC'],
    ['rated_at,title', 'GENERIC'],
    ['imdb', 'GENERIC'],
    ['themoviedbid', 'GENERIC'],
    ['year', undefined],
  ])('%s is %s', (columns, source) => {
    expect(told(columns)).toBe(source);
  });

  it.each<[fileName: string, source: HistorySource | undefined]>([
    ['watchlist.csv', 'LETTERBOXD_WATCHLIST'],
    ['my WatchList (2).csv', 'LETTERBOXD_WATCHLIST'],
    ['watched.csv', 'LETTERBOXD_WATCHED'],
    ['films.csv', 'LETTERBOXD_LIKES'],
    ['likes\\films.csv', 'LETTERBOXD_LIKES'],
    ['x/likes/films.csv', 'LETTERBOXD_LIKES'],
    ['my likes.csv', 'LETTERBOXD_LIKES'],
    ['myfilms.csv', undefined],
    ['filmstrip.csv', undefined],
  ])('of Letterboxd is told by the name %s: %s', (fileName, source) => {
    expect(told('date,name,year,letterboxd uri', fileName)).toBe(source);
  });
});

/** The columns that a file of the site must have; with "or" between those of which one is enough. */
const REQUIRED: Record<HistorySource, string> = {
  LETTERBOXD_RATINGS: 'name; rating',
  LETTERBOXD_WATCHED: 'name',
  LETTERBOXD_WATCHLIST: 'name',
  LETTERBOXD_DIARY: 'name; watched date or date',
  LETTERBOXD_LIKES: 'name',
  LETTERBOXD_LIST: 'position; name',
  IMDB_RATINGS: 'const; your rating',
  IMDB_WATCHLIST: 'const',
  TRAKT: 'imdb_id or tmdb_id or title; rating or rated_at or watched_at or last_watched_at or listed_at',
  SIMKL: 'title; watchlist or rating',
  TMDB: 'tmdb id or imdb id; name or title',
  MOVIELENS: 'movieid or movie_id; rating',
  CINEMATCH: 'movieid; onwatchlist',
  GENERIC: '',
};

describe('a file that is said to be of a site', () => {
  const groupsOf = (source: HistorySource): string[][] =>
    REQUIRED[source] === '' ? [] : REQUIRED[source].split('; ').map((group) => group.split(' or '));
  const read = (source: HistorySource, columns: readonly string[]) => readHistory(`${[...columns, 'other'].join(',')}\n`, { source });

  it.each(Object.keys(FORMATS) as HistorySource[])('%s has its columns, one of each group', (source) => {
    const groups = groupsOf(source);
    for (const group of groups) {
      const rest = groups.filter((other) => other !== group).map(([name]) => name);
      for (const name of group) expect(read(source, [...rest, name]).source).toBe(source);
      const wanted = group.map((name) => `"${name}"`).join(' or ');
      // A column that is in two groups would stand for both.
      expect(() => read(source, rest)).toThrow(`there is no column ${wanted}; the first line has ${[...rest, 'other'].join(', ')}`);
    }
    expect(FORMATS[source].required).toHaveLength(groups.length);
  });
});

it.each<[source: HistorySource, rating: string, stars: number]>([
  ['LETTERBOXD_RATINGS', 'Name,Rating\nHeat,4', 4],
  ['LETTERBOXD_DIARY', 'Name,Date,Rating\nHeat,2020-01-01,4', 4],
  ['IMDB_RATINGS', 'Const,Your Rating\ntt0113277,8', 4],
  ['TRAKT', 'title,rating\nHeat,8', 4],
  ['SIMKL', 'title,rating\nHeat,8', 4],
  ['TMDB', 'TMDb ID,Name,Your Rating\n949,Heat,8', 4],
  ['MOVIELENS', 'movieId,rating\n6,4', 4],
  ['CINEMATCH', 'movieId,onWatchlist,stars\n6,no,4', 4],
])('a rating of %s in %j is %d stars', (source, text, stars) => {
  expect(readHistory(`${text}\n`, { source }).rows[0].rating).toBe(stars);
});
