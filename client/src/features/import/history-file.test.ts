import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRecords, historyParts, sourceOf } from './history-file.ts';

describe('parts of a file', () => {
  it('keep line breaks and quotes within fields', () => {
    expect(csvRecords('a,b\n"x\ny","say ""hi""\n"\nz,1')).toEqual(['a,b\n', '"x\ny","say ""hi""\n"\n', 'z,1']);
  });

  it('hold every row once, in order, each with the header', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (values, size) => {
        const parts = historyParts(`\uFEFFName\r\n${values.map((value) => `"film\n${value}"\r\n`).join('')}`, size);
        expect(parts.flatMap(({ text }) => csvRecords(text).slice(1))).toEqual(values.map((value) => `"film\n${value}"\r\n`));
        expect(parts.every(({ text, rows }) => text.startsWith('Name\r\n') && rows <= size)).toBe(true);
        expect(parts.map(({ before }) => before)).toEqual(parts.map((_, n) => n * size));
      }),
    );
  });
});

describe('the site of a file', () => {
  it.each([
    ['Date,Name,Year,Letterboxd URI,Rating\n', 'ratings.csv', 'LETTERBOXD_RATINGS'],
    ['Date,Name,Year,Letterboxd URI\n', 'watched.csv', 'LETTERBOXD_WATCHED'],
    ['Date,Name,Year,Letterboxd URI\n', 'watchlist.csv', 'LETTERBOXD_WATCHLIST'],
    ['Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n', 'diary.csv', 'LETTERBOXD_DIARY'],
    ['Const,Your Rating,Date Rated,Title\n', 'ratings.csv', 'IMDB_RATINGS'],
    ['Position,Const,Created,Title,Your Rating\n', 'WATCHLIST.csv', 'IMDB_WATCHLIST'],
    ['"movieId","rating"\n', 'x.csv', 'MOVIELENS'],
    ['rated_at,type,title,rating\n', 'x.csv', 'TRAKT'],
    ['a,b\n', 'x.csv', undefined],
  ])('is told from %j in %s', (text, name, source) => {
    expect(sourceOf(text, name)).toBe(source);
  });
});
