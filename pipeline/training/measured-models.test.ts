import { expect, test } from 'vitest';
import { chosenModels } from './measured-models.ts';

test('popularity is always among the models, and first; an unknown one is named', () => {
  expect(chosenModels('content')).toEqual(['popularity', 'content']);
  expect(chosenModels('content, popularity')).toEqual(['popularity', 'content']);
  expect(() => chosenModels('popularty')).toThrow('did you mean popularity?');
});
