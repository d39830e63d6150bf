import { describe, expect, it } from 'vitest';
import { TMDB_POSTERS as TMDB } from '../../test/poster-addresses.ts';
import { type PosterAddresses, posterUrl } from './poster-url.ts';

const OWN: PosterAddresses = { base: '/posters', others: false };

describe('posterUrl', () => {
  it.each([
    [1, 'w92'],
    [92, 'w92'],
    [93, 'w154'],
    [154, 'w154'],
    [155, 'w185'],
    [185, 'w185'],
    [186, 'w342'],
    [342, 'w342'],
    [343, 'w500'],
    [500, 'w500'],
    [501, 'w780'],
    [780, 'w780'],
    [781, 'original'],
    [4_000, 'original'],
  ])('of %i pixels is the next larger size', (width, size) => {
    expect(posterUrl('/matrix.jpg', width, TMDB)).toBe(`https://image.tmdb.org/t/p/${size}/matrix.jpg`);
  });

  it.each([0, 4_001])('refuses a width of %i', (width) => {
    expect(() => posterUrl('/matrix.jpg', width, TMDB)).toThrow(`is ${width}; it must be from 1 to 4000`);
  });

  it('takes every name of TMDb', () => {
    expect(posterUrl('/a-b_C.2.jpg', 92, TMDB)).toBe('https://image.tmdb.org/t/p/w92/a-b_C.2.jpg');
  });

  it('passes an https address on', () => {
    expect(posterUrl('https://films.example/matrix.jpg', 92, TMDB)).toBe('https://films.example/matrix.jpg');
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
    expect(posterUrl(path, 92, TMDB)).toBeNull();
  });

  it.each([
    [92, '/posters/w92/matrix.jpg'],
    [780, '/posters/w780/matrix.jpg'],
    [4_000, '/posters/w780/matrix.jpg'],
  ])('of %i pixels from this server is %s', (width, address) => {
    expect(posterUrl('/matrix.jpg', width, OWN)).toBe(address);
  });

  it('names no other server when posters come from this one', () => {
    expect(posterUrl('https://films.example/matrix.jpg', 92, OWN)).toBeNull();
  });

  it('has no address when posters are off, and still refuses a width', () => {
    expect(posterUrl('/matrix.jpg', 92, { base: null, others: false })).toBeNull();
    expect(() => posterUrl('/matrix.jpg', 0, { base: null, others: false })).toThrow('is 0');
  });
});
