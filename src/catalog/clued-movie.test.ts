import { expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import { snapshotOf } from '../recommendations/snapshot.ts';
import { cluedMovie } from './clued-movie.ts';

const movie = (movieId: number, title: string, year: number, alternativeTitles: string[] = []) => ({
  ...FIXTURE_MOVIES[0],
  movieId,
  title,
  year,
  alternativeTitles,
  imdbId: movieId + 1_000,
  tmdbId: movieId + 2_000,
});
const snapshot = snapshotOf(
  releaseInMemory(
    [
      movie(1, 'The Matrix', 1999),
      movie(2, 'Solaris', 1972, ['Solyaris', 'Star of Longing']),
      movie(3, 'Solaris', 2002),
      movie(4, 'Twins', 1988),
      movie(5, 'Twins', 1988),
    ],
    shippedConfig('default'),
  ),
);
const NO_IDS = { imdbId: null, tmdbId: null };
const NO_TITLE = { title: '', year: null };

it.each([
  ['an id of IMDb', { ...NO_TITLE, imdbId: 1_001, tmdbId: null }, 0],
  ['an id of TMDb', { ...NO_TITLE, imdbId: null, tmdbId: 2_002 }, 1],
  ['both ids of one movie', { ...NO_TITLE, imdbId: 1_003, tmdbId: 2_003 }, 2],
  ['one id that the catalog has', { ...NO_TITLE, imdbId: 9, tmdbId: 2_003 }, 2],
  ['ids of two movies', { ...NO_TITLE, imdbId: 1_001, tmdbId: 2_002 }, undefined],
  ['an id that the catalog lacks, beside a title', { imdbId: 9, tmdbId: null, title: 'The Matrix', year: 1999 }, undefined],
  ['a title and its year', { ...NO_IDS, title: 'the matrix', year: 1999 }, 0],
  ['another title of the movie', { ...NO_IDS, title: 'Star of Longing', year: 1972 }, 1],
  ['a title of two years', { ...NO_IDS, title: 'Solaris', year: 2002 }, 2],
  ['a title of two movies of one year', { ...NO_IDS, title: 'Twins', year: 1988 }, undefined],
  ['a title without a year', { ...NO_IDS, title: 'The Matrix', year: null }, undefined],
  ['a title of another year', { ...NO_IDS, title: 'The Matrix', year: 2000 }, undefined],
  ['a part of a title', { ...NO_IDS, title: 'Star', year: 1972 }, undefined],
  ['nothing', { ...NO_IDS, title: ' ', year: 1999 }, undefined],
])('%s means a movie, or none', async (_, clues, row) => {
  const found = await cluedMovie(snapshot, clues);
  expect(found).toBe(row === undefined ? undefined : snapshot.catalog.indexAt(row));
});
