import { describe, expect, it } from 'vitest';
import { NAME, OTHER_SPELLING, SearchIndexBuilder } from './search-index.ts';

describe('the search index', () => {
  it('has the texts of every word, and the weights of every text, however many there are', () => {
    const builder = new SearchIndexBuilder();
    const COUNT = 5_000;
    for (let n = 0; n < COUNT; n++) builder.add(n % 2 === 1 ? 'alternative title' : 'title', `The word${n % 7} own${n}`, [n]);
    builder.add('title', '!?', [COUNT]);
    const { words, postingOffsets, postings, movieOffsets, movies, weights, kinds } = builder.finish();
    const textsOf = (word: string): number[] => {
      const number = words.indexOf(word);
      return number < 0 ? [] : [...postings.subarray(postingOffsets[number], postingOffsets[number + 1])];
    };
    expect([movies.length, movieOffsets.length]).toEqual([COUNT, COUNT + 1]);
    expect([words.length, postingOffsets.length, postings.length]).toEqual([1 + 7 + COUNT, 1 + 7 + COUNT + 1, 3 * COUNT]);
    expect(textsOf('the')).toEqual(Array.from({ length: COUNT }, (_, n) => n));
    expect(textsOf('word3')).toEqual(Array.from({ length: Math.ceil((COUNT - 3) / 7) }, (_, n) => 3 + 7 * n));
    for (const n of [0, 1, 2_047, 2_048, COUNT - 1]) expect([n, textsOf(`own${n}`)]).toEqual([n, [n]]);
    expect([...weights.slice(0, 2)]).toEqual([Math.fround(2.15), Math.fround(2.15)]);
    expect([...kinds.slice(0, 3)]).toEqual([0, 1, 0]);
  });

  it('finds a title under other spellings, which weigh nothing', () => {
    const builder = new SearchIndexBuilder();
    builder.add('title', 'Spider-Man II', [9]);
    const { words, weights, movies } = builder.finish();
    const known = ['spider', 'man', 'ii', `${OTHER_SPELLING}spiderman`, `${OTHER_SPELLING}2`, `${OTHER_SPELLING}two`];
    expect(known.filter((word) => words.indexOf(word) < 0)).toEqual([]);
    expect([words.length, weights[0], movies[0]]).toEqual([6, 3, 9]);
  });

  it('keeps the names of people apart from the words of titles', () => {
    const builder = new SearchIndexBuilder();
    builder.add('person', 'Ann Alien', [2, 5]);
    const { words, movieOffsets, movies } = builder.finish();
    expect([words.indexOf('alien'), words.indexOf(`${NAME}alien`)]).toEqual([-1, 0]);
    expect([...movies.subarray(movieOffsets[0], movieOffsets[1])]).toEqual([2, 5]);
  });
});
