import { readdirSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PROJECT, readPage } from './markdown.ts';

const FOLDER = `${PROJECT}/src/environment`;
const EXAMPLE: Record<string, string | undefined> = parseEnv(readFileSync(`${PROJECT}/.env.example`, 'utf8'));

/** Names of the variables that src/environment reads. */
function variables(): string[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const names = files.flatMap((file) =>
    [...readFileSync(`${FOLDER}/${file}`, 'utf8').matchAll(/^ +([A-Z][A-Z_]+): (?!'|\[|string)/gm)].map(([, name]) => name),
  );
  return [...new Set(names)].sort();
}

describe('docs/reference/settings.md', () => {
  const rows = [...readPage('docs/reference/settings.md').matchAll(/^\| `([A-Z_]+)` \| ([^|]*) \|/gm)];

  it('has every variable that the server reads, and no other', () => {
    expect(variables()).toContain('PORT');
    expect(rows.map(([, name]) => name).sort()).toEqual(variables());
    expect(Object.keys(EXAMPLE).sort()).toEqual(variables());
  });

  it('has the defaults of .env.example', () => {
    const defaults = Object.fromEntries(rows.map(([, name, text]) => [name, text.trim().replaceAll('`', '')]));
    expect(defaults).toEqual(Object.fromEntries(Object.entries(EXAMPLE)));
  });
});
