import { describe, expect, it } from 'vitest';
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
