import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROJECT } from '../run-tool.ts';
import { candidatesOf, FOLDERS, reasonOf, sourcesIn } from './candidates.ts';
import { EQUIVALENT_MUTANTS } from './equivalent-mutants.ts';
import { relatedTests } from './related-tests.ts';

it('every folder whose score is held has sources, and every source a test that imports it', () => {
  const related = relatedTests(PROJECT);
  for (const folder of FOLDERS) {
    const files = sourcesIn(folder);
    expect(files.length, folder).toBeGreaterThan(1);
    expect(files.filter((file) => related(file).length === 0)).toEqual([]);
  }
});

it('the nearest tests of a source come first', () => {
  expect(relatedTests(PROJECT)('src/catalog/movie-matcher.ts')[0]).toBe('src/catalog/movie-matcher.test.ts');
});

it('so do tests in other folders that have the name of the folder of the source', () => {
  expect(relatedTests(PROJECT)('src/library/hooks/receive-event.ts').slice(0, 5)).toContain('src/app/hooks.test.ts');
});

it('every mutant that is named as equivalent is one of the mutants of its file', () => {
  const stale = EQUIVALENT_MUTANTS.filter(
    (named) =>
      !existsSync(`${PROJECT}${named.file}`) ||
      !candidatesOf(named.file).some(
        (mutant) => mutant.code === named.code && mutant.change === named.change && reasonOf(mutant) !== undefined,
      ),
  );
  expect(stale).toEqual([]);
});
