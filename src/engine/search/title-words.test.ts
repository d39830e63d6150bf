import { describe, expect, it } from 'vitest';
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
