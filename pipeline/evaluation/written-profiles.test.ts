import { expect, test } from 'vitest';
import { generatedMovies } from '../../test/generated-movies.ts';
import { isRelative, likesOfProfile, listsOfProfiles, readWrittenProfiles, type WrittenProfile } from './written-profiles.ts';

const catalog = generatedMovies(40).map((movie, row) => ({
  ...movie,
  title: row === 7 ? movie.title : `Movie ${row % 20}`,
  year: 1990 + (row % 20),
  ratingCount: row,
  genres: row % 2 === 0 ? ['Drama', 'War'] : ['Comedy'],
  originalLanguage: row < 20 ? 'fr' : 'en',
}));
const profile: WrittenProfile = {
  name: 'French war films',
  likes: [
    { title: 'Movie 3', year: 1993 },
    { title: 'Not there', year: 1993 },
  ],
  relatives: [{ genres: ['War', 'Drama'], languages: ['fr', 'it'], to: 2000 }, { directors: ['Nobody'] }],
};

test('the shipped profiles are read, forty of them, each with likes and expected facts', async () => {
  const profiles = await readWrittenProfiles();
  expect(profiles).toHaveLength(40);
  expect(new Set(profiles.map(({ name }) => name)).size).toBe(40);
});

test('a like is the most rated movie of that title and year, and one that is missing is left out', () => {
  expect([...likesOfProfile(profile, catalog)]).toEqual([23]);
});

test('a relative has all facts of one alternative', () => {
  expect(catalog.flatMap((movie, row) => (isRelative(movie, profile) ? [row] : []))).toEqual([0, 2, 4, 6, 8, 10]);
});

test('lists leave out the likes and count the relatives among the first twelve', () => {
  const ranker = {
    rank: (_: Uint32Array, candidates: { has(row: number): boolean }, depth: number) =>
      [23, 0, 1, 2, 3, 4, 5].filter((row) => candidates.has(row)).slice(0, depth),
  };
  expect(listsOfProfiles(ranker, [profile, { ...profile, likes: [{ title: 'Not there', year: 1 }] }], catalog)).toEqual([
    { name: 'French war films', list: [0, 1, 2, 3, 4, 5], relatives: 0.5 },
  ]);
});
