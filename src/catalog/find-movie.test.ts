import { expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import { Catalog } from './catalog.ts';
import { findMovie, type MovieKey } from './find-movie.ts';

const catalog = Catalog.fromRelease(
  releaseInMemory([{ ...FIXTURE_MOVIES[0], movieId: 7, imdbId: 133_093, tmdbId: 603 }], shippedConfig('default')),
);

it.each<[MovieKey, boolean]>([
  [{ id: '7' }, true],
  [{ id: '8', tmdbId: null, imdbId: undefined }, false],
  [{ tmdbId: 603 }, true],
  [{ tmdbId: 604 }, false],
  // The catalog stores an unknown id as 0.
  [{ tmdbId: 0 }, false],
  [{ tmdbId: -1 }, false],
  [{ imdbId: 'tt0133093' }, true],
  [{ imdbId: 'tt133093' }, true],
  [{ imdbId: 'tt9' }, false],
])('%j finds a movie: %j', (key, found) => {
  expect(findMovie(catalog, key, 'by')).toBe(found ? 0 : undefined);
});

it.each<[MovieKey, string]>([
  [{}, 'by: has 0 of id, tmdbId and imdbId; exactly one is allowed'],
  [{ id: null }, 'by: has 0 of id, tmdbId and imdbId; exactly one is allowed'],
  [{ id: '7', tmdbId: 603 }, 'by: has 2 of id, tmdbId and imdbId; exactly one is allowed'],
  [{ id: '7', tmdbId: 603, imdbId: 'tt1' }, 'by: has 3 of id, tmdbId and imdbId; exactly one is allowed'],
  [{ imdbId: '133093' }, 'by.imdbId: "133093" is not an id of IMDb, such as "tt0133093"'],
  [{ imdbId: 'tt12345678901' }, 'by.imdbId: "tt12345678901" is not an id of IMDb, such as "tt0133093"'],
  [{ imdbId: 'xtt1' }, 'by.imdbId: "xtt1" is not an id of IMDb, such as "tt0133093"'],
])('%j is refused', (key, message) => {
  expect(() => findMovie(catalog, key, 'by')).toThrow(message);
});
