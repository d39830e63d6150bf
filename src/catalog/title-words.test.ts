import { describe, expect, it } from 'vitest';
import { TitleIndexBuilder } from './title-index.ts';
import { isArticle, titleWords, wordWeight } from './title-words.ts';

describe('the words of a title', () => {
  it.each<[string, string[], string[]]>([
    ['', [], []],
    ['!?', [], []],
    ['The Matrix', ['the', 'matrix'], []],
    ['La La Land', ['la', 'land'], []],
    ['Spider-Man', ['spider', 'man'], ['spiderman']],
    ['WALL·E', ['wall', 'e'], ['walle']],
    ["Schindler's List", ['schindler', 's', 'list'], ['schindlers']],
    // Written as one elsewhere in the title: no other spelling.
    ['Spider-Man spiderman', ['spider', 'man', 'spiderman'], []],
    // 24 letters, and 25.
    ['abcdefghijkl-abcdefghijkl', ['abcdefghijkl'], ['abcdefghijklabcdefghijkl']],
    ['abcdefghijkl-abcdefghijklm', ['abcdefghijkl', 'abcdefghijklm'], []],
  ])('of %j', (text, words, joined) => {
    expect(titleWords(text)).toEqual({ words, joined });
  });

  it('weigh 1, and articles 0.15', () => {
    expect(['matrix', 'the', 'der', 'uma', 'them'].map(wordWeight)).toEqual([1, 0.15, 0.15, 0.15, 1]);
    expect([isArticle('the'), isArticle('matrix'), isArticle('')]).toEqual([true, false, false]);
  });
});

describe('the index of titles', () => {
  it('has the titles of every word, and the weights of every title, however many there are', () => {
    const builder = new TitleIndexBuilder();
    const COUNT = 5_000;
    for (let n = 0; n < COUNT; n++) builder.add(n, `The word${n % 7} own${n}`, n % 2 === 1);
    builder.add(COUNT, '!?', false);
    const { words, offsets, postings, movies, weights, alternative } = builder.finish();
    const titlesOf = (word: string): number[] => {
      const number = words.get(word);
      return number === undefined ? [] : [...postings.subarray(offsets[number], offsets[number + 1])];
    };
    expect(movies).toHaveLength(COUNT);
    expect([words.size, offsets.length, postings.length]).toEqual([1 + 7 + COUNT, 1 + 7 + COUNT + 1, 3 * COUNT]);
    expect(titlesOf('the')).toEqual(Array.from({ length: COUNT }, (_, n) => n));
    expect(titlesOf('word3')).toEqual(Array.from({ length: Math.ceil((COUNT - 3) / 7) }, (_, n) => 3 + 7 * n));
    for (const n of [0, 1, 2_047, 2_048, COUNT - 1]) expect([n, titlesOf(`own${n}`)]).toEqual([n, [n]]);
    expect([...weights.slice(0, 2)]).toEqual([Math.fround(2.15), Math.fround(2.15)]);
    expect([...alternative.slice(0, 3)]).toEqual([0, 1, 0]);
  });

  it('finds a title under the joined spelling, which weighs nothing', () => {
    const builder = new TitleIndexBuilder();
    builder.add(9, 'Spider-Man', false);
    const { words, weights, movies } = builder.finish();
    expect([words.has('spiderman'), words.has('spider'), weights[0], movies[0]]).toEqual([true, true, 2, 9]);
  });
});
