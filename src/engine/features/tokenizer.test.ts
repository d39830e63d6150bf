import { expect, test } from 'vitest';
import { ngrams, tokenize } from './tokenizer.ts';

test('words are runs of two and more word characters, lower-cased, without stop words', () => {
  expect(tokenize("A cop's 2nd life: the X-Men, R2-D2 and snake_case in Amélie's CAFÉ!")).toEqual([
    'cop',
    '2nd',
    'life',
    'men',
    'r2',
    'd2',
    'snake_case',
    'amélie',
    'café',
  ]);
});

test('a combining accent ends a word as it does in Python', () => {
  expect(tokenize('cafe\u0301 noir')).toEqual(['cafe', 'noir']);
});

test('letters and digits of every script count, single ones do not', () => {
  expect(tokenize('七人の侍 x ½ ⅷⅷ Ночь')).toEqual(['七人の侍', 'ⅷⅷ', 'ночь']);
});

test('pairs are formed after stop words are gone', () => {
  expect(ngrams(tokenize('war of the worlds'), 2)).toEqual(['war', 'worlds', 'war worlds']);
  expect(ngrams(['war', 'worlds'], 1)).toEqual(['war', 'worlds']);
  expect(ngrams([], 2)).toEqual([]);
});
