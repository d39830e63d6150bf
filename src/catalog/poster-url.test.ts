import { describe, expect, it } from 'vitest';
import { posterUrl } from './poster-url.ts';

describe('posterUrl', () => {
  it.each([
    [92, 'w92'],
    [93, 'w154'],
    [780, 'w780'],
    [781, 'original'],
    [4_000, 'original'],
  ])('of %i pixels is the next larger size', (width, size) => {
    expect(posterUrl('/matrix.jpg', width)).toBe(`https://image.tmdb.org/t/p/${size}/matrix.jpg`);
  });

  it.each([0, 4_001])('refuses a width of %i', (width) => {
    expect(() => posterUrl('/matrix.jpg', width)).toThrow(`is ${width}; it must be from 1 to 4000`);
  });

  it('takes every name of TMDb', () => {
    expect(posterUrl('/a-b_C.2.jpg', 92)).toBe('https://image.tmdb.org/t/p/w92/a-b_C.2.jpg');
  });

  it('passes an https address on', () => {
    expect(posterUrl('https://films.example/matrix.jpg', 92)).toBe('https://films.example/matrix.jpg');
  });

  it.each([
    'http://films.example/a.jpg',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    '//films.example/a.jpg',
    '/../../a.jpg',
    '/a b.jpg',
    'a.jpg',
    '',
  ])('has no address for %j', (path) => {
    expect(posterUrl(path, 92)).toBeNull();
  });
});
