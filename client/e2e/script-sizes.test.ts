import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROJECT } from '../../tools/run-tool.ts';
import { LANDING } from '../src/app/routes.ts';

const PAGES = join(PROJECT, 'dist', 'client');
const MAX_BYTES = 200_000;
const MAX_LANDING_BYTES = 120_000;

it('the scripts of each page are small', () => {
  const routes: { path: string; document: string }[] = JSON.parse(readFileSync(join(PAGES, 'routes.json'), 'utf8'));
  expect(routes.length).toBeGreaterThan(10);
  const large = routes
    .map(({ path, document }) => ({ path, bytes: scriptBytes(document), max: path === LANDING.path ? MAX_LANDING_BYTES : MAX_BYTES }))
    // A page without scripts was not read right.
    .filter(({ bytes, max }) => bytes > max || bytes < 50_000);
  expect(large).toEqual([]);
});

/** The sizes of the scripts that a document names, as the server sends them to browsers. */
function scriptBytes(document: string): number {
  const html = readFileSync(join(PAGES, document), 'utf8');
  const scripts = new Set(html.match(/assets\/[\w.-]+\.js/g));
  return [...scripts].reduce((sum, script) => sum + statSync(join(PAGES, `${script}.br`)).size, 0);
}
