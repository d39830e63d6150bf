import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { IN_HEADER, SETTINGS } from '../../../tools/message-parts.ts';
import { ROUTES } from '../app/routes.ts';

const SOURCES = join(import.meta.dirname, '..');
const PART = join(SOURCES, 'language/english-settings.ts');
const IMPORT = /(?:from|import) '(\.[^']+\.tsx?)'/g;
const KEY = new RegExp(`['"\`](${SETTINGS.join('|')})\\.[\\w.]+`, 'g');

it.each(ROUTES)('$path has the messages that it shows', ({ page }) => {
  const files = [...reachedFrom(join(SOURCES, `features/${page}.page.tsx`)), ...reachedFrom(join(SOURCES, 'app/App.tsx'))];
  const shown = files.flatMap((file) => readFileSync(file, 'utf8').match(KEY) ?? []).map((key) => key.slice(1));
  const missing = files.includes(PART) ? [] : shown.filter((key) => !IN_HEADER.includes(key));
  expect(missing).toEqual([]);
});

/** The files of the web app that are loaded with this one. */
function reachedFrom(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file) || !existsSync(file) || file.includes('/generated/')) return known;
  known.add(file);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) reachedFrom(join(dirname(file), path), known);
  return known;
}
