import { describe, expect, test } from 'vitest';
import { parseArguments, wholeNumber } from './arguments.ts';
import { didYouMean } from './did-you-mean.ts';

const specification = {
  raw: { type: 'string', required: true },
  'min-year': { type: 'string' },
  force: { type: 'boolean' },
} as const;

const parse = (...args: string[]) => parseArguments('merge', args, specification);

test('options come as values, absent ones as undefined or false', () => {
  expect(parse('--raw', 'dir', '--force')).toEqual({ raw: 'dir', force: true });
  expect(parse('--raw=--odd', '--min-year=1990')).toEqual({ raw: '--odd', 'min-year': '1990', force: false });
});

test.each([
  [['--raw', 'a', '--min-yaer', '3'], /unknown option --min-yaer, did you mean --min-year\?/],
  [['--raw', 'a', '--zzzzzz'], /unknown option --zzzzzz; see/],
  [['--raw', 'a', '-x'], /unknown option -x/],
  [['--raw', '--force'], /--raw needs a value/],
  [['--raw'], /--raw needs a value/],
  [['--raw='], /--raw needs a value/],
  [['--force'], /--raw is missing/],
  [['--raw', 'a', '--raw', 'b'], /--raw is given twice/],
  [['--raw', 'a', '--force=yes'], /--force takes no value/],
  [['--raw', 'a', 'stray'], /"stray" is not expected here/],
])('%j is one clear usage error', (args, message) => {
  expect(() => parse(...args)).toThrow(expect.objectContaining({ message: expect.stringMatching(message), exitCode: 2 }));
});

test('a whole number is digits within the range, nothing else', () => {
  expect(wholeNumber('merge', 'min-year', '1950', 0, 9999)).toBe(1950);
  expect(wholeNumber('merge', 'min-year', undefined, 0, 9999)).toBeUndefined();
  for (const text of ['19.5', '-1', '1e3', '', ' 5', '10000', 'abc']) {
    expect(() => wholeNumber('merge', 'min-year', text, 0, 9999), text).toThrow('--min-year takes a whole number from 0 to 9999');
  }
});

describe('an option with a former name', () => {
  const parseRenamed = (...args: string[]) =>
    parseArguments('train', args, { catalog: { type: 'string', required: true, formerly: 'catalogue' } });

  test('is accepted under both names', () => {
    expect(parseRenamed('--catalog', 'a.csv')).toEqual({ catalog: 'a.csv' });
    expect(parseRenamed('--catalogue', 'a.csv')).toEqual({ catalog: 'a.csv' });
    expect(parseRenamed('--catalogue=a.csv')).toEqual({ catalog: 'a.csv' });
  });

  test('has its current name in every error', () => {
    expect(() => parseRenamed()).toThrow('--catalog is missing');
    expect(() => parseRenamed('--catalogue')).toThrow('--catalog needs a value');
    expect(() => parseRenamed('--catalog', 'a.csv', '--catalogue', 'b.csv')).toThrow('--catalog is given twice; give it once');
    expect(() => parseRenamed('--katalog', 'a.csv')).toThrow('did you mean --catalog?');
  });
});

test('the suggestion is the first of the closest words, within a third of the length', () => {
  expect(didYouMean('mrege', ['download', 'merge', 'merges'])).toBe('merge');
  expect(didYouMean('tain', ['train', 'tail'])).toBe('train');
  expect(didYouMean('abc', ['xyz', 'abcdef'])).toBeUndefined();
  expect(didYouMean('', [])).toBeUndefined();
});
