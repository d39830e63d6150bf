import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Only tokens and drawn posters define colours. */
const COLOURED = ['ui/tokens.css', 'features/poster/public/poster-palette.ts'];
const SOURCES = `${import.meta.dirname}/..`;
const COLOUR = /#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab)\(\s*[\d$]/i;

it('only tokens and posters define colours', () => {
  const files = globSync('**/*.{css,ts,tsx}', { cwd: SOURCES, exclude: ['generated/**', '**/*.test.ts'] });
  expect(files.length).toBeGreaterThan(50);
  const coloured = files.filter((file) => COLOUR.test(readFileSync(`${SOURCES}/${file}`, 'utf8')));
  expect(coloured.sort()).toEqual(COLOURED.toSorted());
});
