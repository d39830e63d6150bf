import { expect, it } from 'vitest';
import { foldText } from './fold-text.ts';

it.each([
  ['', ''],
  ['The MATRIX 2!', 'the matrix 2!'],
  ['Amélie', 'amelie'],
  ['AMÉLIE', 'amelie'],
  ['Ame\u0301lie', 'amelie'],
  ['ØÆŒŁĐÐÞ', 'oaeoelddth'],
  ['Straße', 'strasse'],
  ['Sırça', 'sirca'],
  ['ﬁlm', 'film'],
  ['もののけ姫', 'もののけ姫'],
])('%j is folded to %j', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});
