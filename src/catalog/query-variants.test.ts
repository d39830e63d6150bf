import { describe, expect, it } from 'vitest';
import { SearchIndexBuilder } from '../engine/search/search-index.ts';
import { queryVariants } from './query-variants.ts';

/** The variants of a query over these titles, each as one text. */
function variants(query: string, ...titles: string[]): string[] {
  const builder = new SearchIndexBuilder();
  for (const [movie, title] of titles.entries()) builder.add('title', title, [movie]);
  return queryVariants(query.split(' '), builder.finish()).map((words) => words.join(' '));
}

const LETTERS = (length: number, letter: string): string => letter.repeat(length);

describe('two words of a query', () => {
  it('are joined where titles have the joined word, and the others stay in their places', () => {
    expect(variants('spider man', 'Spiderman')).toEqual(['spiderman']);
    expect(variants('the spider man returns', 'Spiderman')).toEqual(['the spiderman returns']);
    expect(variants('man spider', 'Spiderman')).toEqual([]);
    expect(variants('spider man', 'Spider', 'Man')).toEqual([]);
  });

  it('are joined in four ways at most', () => {
    const joined = ['ab', 'bc', 'cd', 'de', 'ef'];
    expect(variants('a b c d e', ...joined.slice(0, 4))).toHaveLength(4);
    expect(variants('a b c d e f', ...joined)).toEqual(['ab c d e f', 'a bc d e f', 'a b cd e f', 'a b c de f']);
  });
});

describe('an unknown word of a query', () => {
  it('is split where one title has all parts, and the others stay in their places', () => {
    expect(variants('starwars', 'Star Wars')).toEqual(['star wars']);
    expect(variants('the starwars saga', 'Star Wars')).toEqual(['the star wars saga']);
    expect(variants('starwars', 'Wars of a Star')).toEqual(['star wars']);
    expect(variants('starwars', 'Star', 'Wars')).toEqual([]);
    // A word that the query has already is not there twice.
    expect(variants('star starwars', 'Star Wars')).toEqual(['star wars']);
  });

  it('is split in two or three, and not in four', () => {
    expect(variants('lalaland', 'La La Land')).toEqual(['la land']);
    expect(variants('aabbcc', 'aa bb cc')).toEqual(['aa bb cc']);
    expect(variants('aabbccdd', 'aa bb cc dd')).toEqual([]);
  });

  it('has 5 to 32 letters, and parts of two or more', () => {
    expect(variants('abcd', 'ab cd')).toEqual([]);
    expect(variants('abcde', 'ab cde')).toEqual(['ab cde']);
    expect(variants('abcde', 'abc de')).toEqual(['abc de']);
    expect(variants('abcde', 'a bcde')).toEqual([]);
    expect(variants('abcde', 'abcd e')).toEqual([]);
    const long = (length: number): string[] => [LETTERS(16, 'a'), LETTERS(length - 16, 'b')];
    expect(variants(long(32).join(''), long(32).join(' '))).toEqual([long(32).join(' ')]);
    expect(variants(long(33).join(''), long(33).join(' '))).toEqual([]);
  });

  it('is split in four ways at most', () => {
    const ways = (count: number): string[] =>
      Array.from({ length: count }, (_, n) => `${'abcdefgh'.slice(0, n + 2)} ${'abcdefgh'.slice(n + 2)}`);
    expect(variants('abcdefgh', ...ways(4))).toEqual(ways(4));
    expect(variants('abcdefgh', ...ways(5))).toEqual(ways(4));
    expect(variants('abcdefgh abcdefgh', ...ways(3))).toHaveLength(4);
  });

  it.each([0, 1, 7, 18, 19])('is found in a long list, at place %d of it', (place) => {
    const titles = Array.from({ length: 20 }, (_, n) => (n === place ? 'Star Wars' : `Wars ${n}`));
    expect(variants('starwars', ...titles)).toEqual(['star wars']);
    expect(variants('starwars', ...titles.with(place, 'Star'))).toEqual([]);
  });
});

it('a known word is not split, be it written so in a title or another spelling of one', () => {
  expect(variants('starwars', 'Starwars', 'Star Wars')).toEqual([]);
  // "starwars" is a spelling of "Star-Wars", and the first word of the index.
  expect(variants('starwars', 'Star-Wars')).toEqual([]);
});
