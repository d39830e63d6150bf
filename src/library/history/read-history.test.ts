import { describe, expect, it } from 'vitest';
import { csvLine } from './csv-line.ts';
import { MAX_COLUMNS, MAX_RECORD_BYTES, csvRecords as readRecords } from './csv-records.ts';
import { type HistoryRow, MAX_ROWS } from './history-row.ts';
import type { HistorySource } from './history-source.ts';
import { readHistory } from './read-history.ts';

const NOTHING: Omit<HistoryRow, 'row' | 'title'> = {
  year: null,
  movieId: null,
  imdbId: null,
  tmdbId: null,
  rating: null,
  ratedAt: null,
  watched: false,
  watchedAt: null,
  listed: false,
  listedAt: null,
  plays: [],
  feedback: null,
  feedbackAt: null,
  problem: null,
};
const csvRecords = (text: string): string[][] => readRecords(text, MAX_ROWS);
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

describe('CSV', () => {
  it.each<[string, string, string[][]]>([
    [
      'quotes, commas and line ends in fields',
      'a,"b ""x"", c","d\r\ne"\nf,g,h',
      [
        ['a', 'b "x", c', 'd\r\ne'],
        ['f', 'g', 'h'],
      ],
    ],
    [
      'a byte order mark and Windows line ends',
      '\uFEFFa,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['old Macintosh line ends', 'a\r1\r', [['a'], ['1']]],
    [
      'empty fields, at the end too',
      'a,,\n,,b\n,\n',
      [
        ['a', '', ''],
        ['', '', 'b'],
        ['', ''],
      ],
    ],
    ['blank lines', '\n\na\n\nb\n\n', [['a'], ['b']]],
    ['an empty quoted field', '"",a\n', [['', 'a']]],
    [
      'text after a closing quote, which keeps its quotes',
      '"a"b,c\n"d",e\n',
      [
        ['"a"b', 'c'],
        ['d', 'e'],
      ],
    ],
    [
      'line ends of several systems',
      'a,b\r\n1,2\n3,4\r5,6',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    ],
    [
      'the delimiter of the first record, whatever its fields hold',
      '"a,b,c";d\n1;2,5\n',
      [
        ['a,b,c', 'd'],
        ['1', '2,5'],
      ],
    ],
    ['a delimiter that a line states', 'sep=|\r\na,b|c\r\n', [['a,b', 'c']]],
    [
      'letters of other scripts',
      'Название;Год\nСталкер;1979\n',
      [
        ['Название', 'Год'],
        ['Сталкер', '1979'],
      ],
    ],
    ['a quote within a field', 'a"b,c', [['a"b', 'c']]],
    ['nothing', '', []],
  ])('is read with %s', (_what, text, records) => {
    expect(csvRecords(text)).toEqual(records);
  });

  it('is not read when a quote is not closed', () => {
    expect(() => csvRecords('a,"b\nc,d')).toThrow('a quoted field is not closed');
  });

  it('has at most 200 columns, and at most 400,000 bytes a record', () => {
    const columns = (n: number) => csvRecords(`${','.repeat(n - 1)}\n`)[0];
    expect(columns(MAX_COLUMNS)).toHaveLength(200);
    expect(columns(MAX_COLUMNS)).toEqual(Array(200).fill(''));
    expect(() => csvRecords(','.repeat(1_000_000))).toThrow('record 1 has more than 400000 bytes');
    expect(() => columns(MAX_COLUMNS + 1)).toThrow('record 1 has more than 200 columns');
    const record = (length: number) => csvRecords(`a\n${'x'.repeat(length)}\n`);
    expect(record(MAX_RECORD_BYTES)[1][0]).toHaveLength(400_000);
    expect(() => record(2 * MAX_RECORD_BYTES)).toThrow('record 2 has more than 400000 bytes');
    expect(() => csvRecords(`a\n"${'x\n'.repeat(MAX_RECORD_BYTES)}`)).toThrow('a quote may not be closed');
  });

  it('is written so that the reader gets the same fields and no spreadsheet runs a formula', () => {
    const fields = ['a "b", c', 'x\ny', '', 'é'];
    expect(csvRecords(csvLine(fields))).toEqual([fields]);
    expect(csvLine(['=1+1', '@x', -5, null])).toBe("'=1+1,'@x,-5,\r\n");
  });
});

describe('a history', () => {
  const FILES: [string, HistorySource, string, Partial<HistoryRow>[]][] = [
    [
      'Letterboxd ratings with half stars and rating 0',
      'LETTERBOXD_RATINGS',
      'Date,Name,Year,Letterboxd URI,Rating\n2021-03-04,Alien,1979,https://boxd.it/29Xe,4.5\n2021-03-05,Aliens,1986,https://boxd.it/1,0\n',
      [
        { title: 'Alien', year: 1979, rating: 4.5, ratedAt: day('2021-03-04'), watched: true },
        { title: 'Aliens', year: 1986, ratedAt: day('2021-03-05') },
      ],
    ],
    [
      'Letterboxd watched',
      'LETTERBOXD_WATCHED',
      'Date,Name,Year\n2021-03-04,Alien,1979',
      [{ title: 'Alien', year: 1979, ratedAt: day('2021-03-04'), watched: true }],
    ],
    [
      'Letterboxd watchlist in another order',
      'LETTERBOXD_WATCHLIST',
      'Year,Letterboxd URI,Name,Date\n1979,https://boxd.it/29Xe,Alien,2021-03-04',
      [{ title: 'Alien', year: 1979, ratedAt: day('2021-03-04'), listed: true, listedAt: day('2021-03-04') }],
    ],
    [
      'a Letterboxd diary with a review over several lines, a rewatch and no rating',
      'LETTERBOXD_DIARY',
      'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\r\n2021-03-04,"Good, the Bad",1966,u,3.5,Yes,"It said ""no"",\r\nthen left, 5",,2021-03-01\r\n2021-03-05,Alien,1979,u,,,,,\r\n',
      [
        { title: 'Good, the Bad', year: 1966, rating: 3.5, ratedAt: day('2021-03-01'), watched: true, watchedAt: day('2021-03-01') },
        { title: 'Alien', year: 1979, ratedAt: day('2021-03-05'), watched: true, watchedAt: day('2021-03-05') },
      ],
    ],
    [
      'IMDb ratings, with an episode and a series',
      'IMDB_RATINGS',
      'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year\ntt0078748,9,2020-01-02,Alien,Alien,u,Movie,8.5,117,1979\ntt1,8,2020-01-02,Pilot,Pilot,u,TV Episode,8,50,2008\ntt0903747,10,2020-01-02,Breaking Bad,,u,TV Series,9,45,2008',
      [
        { title: 'Alien', year: 1979, imdbId: 78_748, rating: 4.5, ratedAt: day('2020-01-02'), watched: true },
        { title: 'Pilot', year: 2008, imdbId: 1, rating: 4, ratedAt: day('2020-01-02'), watched: true, problem: 'EPISODE' },
        { title: 'Breaking Bad', year: 2008, imdbId: 903_747, rating: 5, ratedAt: day('2020-01-02'), watched: true, problem: 'SERIES' },
      ],
    ],
    [
      'an IMDb watchlist, whose ratings are ignored',
      'IMDB_WATCHLIST',
      '\uFEFFPosition,Const,Created,Modified,Description,Title,Title Type,Year,Your Rating,Date Rated\n1,tt0078748,2020-05-06,2020-05-06,,Alien,Movie,1979,3,2020-01-01',
      [{ title: 'Alien', year: 1979, imdbId: 78_748, ratedAt: day('2020-01-01'), listed: true, listedAt: day('2020-05-06') }],
    ],
    [
      'Trakt ratings',
      'TRAKT',
      'rated_at,type,title,year,trakt_rating,trakt_id,imdb_id,tmdb_id,rating\n2019-01-01T10:00:00Z,movie,Alien,1979,8.9,1,tt0078748,348,7\n2019-01-01T10:00:00Z,episode,Pilot,2008,9,2,,,7',
      [
        { title: 'Alien', year: 1979, imdbId: 78_748, tmdbId: 348, rating: 3.5, ratedAt: new Date('2019-01-01T10:00:00Z'), watched: true },
        { title: 'Pilot', year: 2008, rating: 3.5, ratedAt: new Date('2019-01-01T10:00:00Z'), watched: true, problem: 'EPISODE' },
      ],
    ],
    [
      'a Trakt history and watchlist',
      'TRAKT',
      'watched_at,listed_at,type,title,year,tmdb_id\n2019-01-01T10:00:00Z,,movie,Alien,1979,348\n,2019-01-02T10:00:00Z,movie,Aliens,1986,679',
      [
        { title: 'Alien', year: 1979, tmdbId: 348, watched: true, watchedAt: new Date('2019-01-01T10:00:00Z') },
        { title: 'Aliens', year: 1986, tmdbId: 679, listed: true, listedAt: new Date('2019-01-02T10:00:00Z') },
      ],
    ],
    [
      'MovieLens ratings with times in seconds',
      'MOVIELENS',
      'userId,movieId,rating,timestamp\n7,1214,4.0,1112484819',
      [{ title: '', movieId: 1214, rating: 4, ratedAt: new Date(1_112_484_819_000), watched: true }],
    ],
    [
      "movielens.org's own export, the year within the title",
      'MOVIELENS',
      'movie_id,imdb_id,tmdb_id,rating,average_rating,title\n1214,0078748,348,2.5,4.0,Alien (1979)',
      [{ title: 'Alien', year: 1979, movieId: 1214, imdbId: 78_748, tmdbId: 348, rating: 2.5, watched: true }],
    ],
    [
      'unreadable rows',
      'LETTERBOXD_RATINGS',
      'Date,Name,Year,Rating\nyesterday,,1979,4\n3000-01-01,Alien,79x,eleven\n2020-01-01,Aliens,1986,11\nshort',
      [
        { title: '', year: 1979, rating: 4, watched: true, problem: 'UNREADABLE' },
        { title: 'Alien', rating: Number.NaN, watched: true, problem: 'UNREADABLE' },
        { title: 'Aliens', year: 1986, rating: 11, ratedAt: day('2020-01-01'), watched: true, problem: 'UNREADABLE' },
        { title: '', problem: 'UNREADABLE' },
      ],
    ],
  ];

  it.each(FILES)('is read from %s', (_what, source, text, rows) => {
    const plays = (row: Partial<HistoryRow>) => (row.watched === true ? [row.watchedAt ?? null] : []);
    expect(readHistory(text, { source }).rows).toEqual(rows.map((row, i) => ({ ...NOTHING, row: i + 1, plays: plays(row), ...row })));
  });

  it.each<[string, HistorySource, string, RegExp]>([
    ['of another site', 'IMDB_RATINGS', 'Date,Name,Year\n', /no column "const"; the first line has date, name, year/],
    ['that is empty', 'MOVIELENS', '', /^is empty$/],
    ['with an open quote', 'LETTERBOXD_WATCHED', 'Name\n"Alien\n', /not closed/],
    ['with too many rows', 'LETTERBOXD_WATCHED', `Name\n${'A\n'.repeat(MAX_ROWS + 1)}`, /has 50001 rows or more; at most 50000 are/],
  ])('is refused %s', (_what, source, text, message) => {
    expect(() => readHistory(text, { source })).toThrow(message);
  });

  it('has as many rows as are allowed', () => {
    expect(readHistory(`Name\n${'A\n'.repeat(MAX_ROWS)}`, { source: 'LETTERBOXD_WATCHED' }).rows).toHaveLength(50_000);
  });
});
