import { beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { Bitset } from '../engine/linalg/bitset.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';

describe('title search', () => {
  let snapshot: Snapshot;
  let everything: Bitset;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    everything = Bitset.full(snapshot.catalog.size);
  });

  const titles = async (query: string, among = everything, offset = 0, limit = 10): Promise<string[]> => {
    const { movies } = await snapshot.search.search(query, among, offset, limit);
    return movies.map((row) => snapshot.catalog.title(snapshot.catalog.indexAt(row)));
  };

  it.each([
    ['the matrix', 'The Matrix'],
    ['matrix the', 'The Matrix'],
    ['Matrix, The', 'The Matrix'],
    ['MATRIX', 'The Matrix'],
    ['matr', 'The Matrix'],
    ['matirx', 'The Matrix'],
    ['matrx', 'The Matrix'],
    ['alein', 'Alien'],
    ['amelie', 'Amélie'],
    ['AMÉLIE', 'Amélie'],
    ['fabuleux destin', 'Amélie'],
    ['spiderman', 'Spider-Man'],
    ['spider man', 'Spider-Man'],
    ['spider-man', 'Spider-Man'],
    ['walle', 'WALL·E'],
    ['wall e', 'WALL·E'],
    ['haine', 'La Haine'],
    ['la haine', 'La Haine'],
    ['hate', 'La Haine'],
    ['la la land', 'La La Land'],
    ['cidade de deus', 'City of God'],
    ['もののけ姫', 'Princess Mononoke'],
    ['もののけ', 'Princess Mononoke'],
    ['2001', '2001: A Space Odyssey'],
    ['start wars', 'Star Wars'],
    ['eternal sunshne', 'Eternal Sunshine of the Spotless Mind'],
    ['boot das', 'Das Boot'],
    ['strangelove', 'Dr. Strangelove'],
  ])('finds for %j first %j', async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });

  it('puts the exact title before longer ones, and longer ones by popularity', async () => {
    expect(await titles('alien')).toEqual(['Alien', 'Aliens']);
    expect(await titles('star wars')).toEqual(['Star Wars', 'The Empire Strikes Back', 'Star Wars: Episode I - The Phantom Menace']);
  });

  it('asks for every word before it settles for some', async () => {
    expect(await titles('matrix reloaded')).toEqual(['The Matrix Reloaded']);
    expect((await titles('gladiator rocketship'))[0]).toBe('Gladiator');
  });

  it.each(['', '   ', '!?', '\u0301', '🎬', 'qqqqqqqqqqqq', 'x'.repeat(200)])('finds nothing for %j', async (query) => {
    expect(await snapshot.search.search(query, everything, 0, 10)).toEqual({ total: 0, movies: [] });
  });

  it('finds only candidates, and counts only them', async () => {
    const reloaded = snapshot.catalog.indexOf('6365') ?? -1;
    const only = Bitset.of(snapshot.catalog.size, [reloaded]);
    expect(await snapshot.search.search('matrix', only, 0, 10)).toEqual({ total: 1, movies: [reloaded] });
    expect(await titles('matrix', new Bitset(snapshot.catalog.size))).toEqual([]);
  });

  it('gives pages that put together are the whole list', async () => {
    const whole = await snapshot.search.search('the', everything, 0, 100);
    const pages: number[] = [];
    for (let offset = 0; offset < whole.total; offset += 3)
      pages.push(...(await snapshot.search.search('the', everything, offset, 3)).movies);
    expect(whole.total).toBeGreaterThan(8);
    expect(pages).toEqual(whole.movies);
  });

  it('finds every movie of the catalog by its own title', async () => {
    for (const { title } of FIXTURE_MOVIES) expect((await titles(title))[0]).toBe(title);
  });
});
