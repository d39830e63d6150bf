import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { testApp } from '../../test/running-app.ts';
import { placedDocument, withoutBasePath } from './base-path.ts';

describe('withoutBasePath', () => {
  it.each([
    ['/films', '/'],
    ['/films/', '/'],
    ['/films?genre=drama', '/?genre=drama'],
    ['/films/movie/1?x=/films', '/movie/1?x=/films'],
    ['/filmsandmore', '/filmsandmore'],
    ['/health', '/health'],
    ['/FILMS/health', '/FILMS/health'],
    ['*', '*'],
  ])('%s is %s', (url, expected) => {
    expect(withoutBasePath(url, '/films')).toBe(expected);
    expect(withoutBasePath(url, '')).toBe(url);
  });
});

describe('placedDocument', () => {
  const built =
    '<meta name="base-path" content="" /><script src="./assets/a.js"></script><link href="../assets/b.css"><a href="./assets-of-others/c">';

  it.each([
    ['the root', { basePath: '', assetsUrl: undefined }, ['content=""', '"/assets/a.js"', '"/assets/b.css"']],
    ['a path', { basePath: '/films', assetsUrl: undefined }, ['content="/films"', '"/films/assets/a.js"', '"/films/assets/b.css"']],
    [
      'another host',
      { basePath: '/films', assetsUrl: 'https://cdn.example/$&' },
      ['content="/films"', '"https://cdn.example/$&/assets/a.js"', '"https://cdn.example/$&/assets/b.css"'],
    ],
  ])('names the files at %s', (_name, place, parts) => {
    const html = placedDocument(built, place);
    for (const part of parts) expect(html).toContain(part);
    expect(html).toContain('./assets-of-others/c');
  });
});

describe('a server with a base path', () => {
  it.each(['/graphql', '/api', '/assets', '/movie'])('does not start with %s, where it has addresses of its own', async (basePath) => {
    const snapshot = await fixtureSnapshot();
    const made = testApp(() => snapshot, { basePath, clientDirectory: fileURLToPath(new URL('../../dist/client', import.meta.url)) });
    await expect(made).rejects.toThrow(`BASE_PATH=${basePath}: CineMatch has an address of its own there`);
  });
});
