import { expect, it } from 'vitest';
import { hasOwnReason } from './own-reason.ts';

it.each([
  ['a like, the best score', 2, ['LIKED'], true],
  ['a like, half of the best score', 1, ['POPULAR', 'LIKED'], true],
  ['a like, less than half of it', 0.99, ['LIKED'], false],
  ['popular only', 2, ['POPULAR'], false],
  ['a preferred genre', 2, ['GENRES'], true],
  ['no score', 0, ['LIKED'], false],
] as const)('a movie with %s', (_, score, kinds, expected) => {
  expect(hasOwnReason({ score, explanationParts: kinds.map((kind) => ({ kind })) }, 2)).toBe(expected);
});
