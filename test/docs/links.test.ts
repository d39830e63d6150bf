import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksOf, PAGES, PROJECT, readPage } from './markdown.ts';

describe('links of the docs', () => {
  it.each(PAGES)('%s links only to files and headings that exist', (page) => {
    const dead = linksOf(page).filter((address) => !/^[a-z]+:/.test(address) && !exists(page, address));
    expect(dead).toEqual([]);
  });

  it('docs/index.md names every page of docs/', () => {
    const named = linksOf('docs/index.md').map((address) => join('docs', address));
    const pages = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/index.md');
    expect(pages.filter((page) => !named.includes(page))).toEqual([]);
  });

  it.each(PAGES)('%s names only files and folders that exist', (page) => {
    const spans = [...readPage(page).matchAll(/`((?:src|pipeline|client|bench|tools|test|deploy|docs)\/[\w./-]+)`/g)].map(
      ([, path]) => path,
    );
    // TAG and DOMAIN stand for a name of the reader's.
    expect(spans.filter((path) => !/[A-Z]{3}/.test(path) && !existsSync(join(PROJECT, path)))).toEqual([]);
  });

  it('code and settings name only pages that exist', () => {
    const files = globSync(['.env.example', '{src,pipeline,client,bench,tools,test}/**/*.{ts,tsx,mjs,sql}'], { cwd: PROJECT });
    const dead = files.flatMap((file) =>
      [...readFileSync(join(PROJECT, file), 'utf8').matchAll(/\bdocs\/[\w/-]+\.(?:md|json)\b/g)]
        .map(([path]) => path)
        .filter((path) => !existsSync(join(PROJECT, path)))
        .map((path) => `${file}: ${path}`),
    );
    expect(dead).toEqual([]);
  });
});

function exists(page: string, address: string): boolean {
  const [path, anchor] = address.split('#');
  const target = path === '' ? page : relative(PROJECT, join(PROJECT, dirname(page), path));
  if (!existsSync(join(PROJECT, target))) return false;
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(target).has(anchor);
}
