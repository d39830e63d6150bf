import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { MovieIndex } from '../catalog/movie-id.ts';
import type { Contribution } from '../engine/recommender/contributions.ts';
import { Explanation, type RankingReason } from './explanation.ts';

describe('an explanation', () => {
  let catalog: Catalog;
  let popularity: Float32Array;
  const row = (id: string): MovieIndex => catalog.indexAt(catalog.indexOf(id) ?? -1);
  const genre = (name: string): number => catalog.genres.find(name)?.index ?? -1;
  const service = (name: string): number => catalog.services.find(name)?.index ?? -1;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    catalog = snapshot.catalog;
    popularity = new Float32Array(catalog.size).fill(0.8);
    popularity[row('90003')] = 0.1;
  });

  const sentence = (id: string, contributions: Contribution[], reason: Partial<RankingReason> = {}): string =>
    new Explanation(catalog, popularity, { preferredGenres: [], services: [], ...reason }).sentence({
      index: row(id),
      score: 1,
      contributions,
    });
  const liked = (id: string, value: number): Contribution => ({ kind: 'LIKED_MOVIE', subject: row(id), value });
  const popular = (value: number): Contribution => ({ kind: 'POPULARITY', subject: -1, value });
  const average = (value: number): Contribution => ({ kind: 'CATALOG_AVERAGE', subject: -1, value });

  it('names the liked movies, the preferred genres the movie has, and the chosen services it is on', () => {
    expect(
      sentence('1200', [liked('1214', 0.5), liked('541', 0.3)], {
        preferredGenres: [genre('Sci-Fi'), genre('Drama')],
        services: [service('Netflix'), service('Hulu')],
      }),
    ).toBe('Because you liked Alien and Blade Runner · Sci-Fi · on Netflix');
  });

  it('comes in parts too, for who says it in another language', () => {
    const explanation = new Explanation(catalog, popularity, { preferredGenres: [genre('Sci-Fi')], services: [service('Netflix')] });
    const parts = explanation.parts({ index: row('1200'), score: 1, contributions: [popular(0.9), liked('1214', 0.5)] });
    expect(parts.map(({ kind, subjects }) => [kind, ...subjects.map(({ id, name }) => `${id} ${name}`)])).toEqual([
      ['POPULAR'],
      ['LIKED', '1214 Alien'],
      ['GENRES', 'sci-fi Sci-Fi'],
      ['SERVICES', 'netflix Netflix'],
    ]);
  });

  it('names a second liked movie only when it matters, and none that speaks against', () => {
    expect(sentence('1200', [liked('1214', 0.5), liked('541', 0.1)])).toBe('Because you liked Alien');
    expect(sentence('1200', [liked('541', -0.9), liked('1214', 0.5)])).toBe('Because you liked Alien');
  });

  it('does not name services nobody asked for', () => {
    expect(sentence('2571', [liked('1214', 0.5)])).toBe('Because you liked Alien');
    expect(sentence('2571', [liked('1214', 0.5)], { services: [service('Max'), service('Netflix')] })).toBe(
      'Because you liked Alien · on Netflix and Max',
    );
  });

  it('calls a movie popular when that outweighs the rest, and when it is', () => {
    expect(sentence('1', [popular(0.6), liked('1214', 0.2)])).toBe('Popular with everyone · because you liked Alien');
    expect(sentence('1', [popular(0.3), liked('1214', 0.2), liked('541', 0.2)])).toBe('Because you liked Alien and Blade Runner');
    expect(sentence('1', [popular(0.5)])).toBe('Popular with everyone');
    expect(sentence('90003', [popular(0.5)])).toBe('Passes your filters');
  });

  it('says what is left when nothing is known of the viewer', () => {
    expect(sentence('1', [average(0.5), popular(0.1)])).toBe('Close to the middle of the catalogue');
    expect(sentence('1', [], { services: [service('Disney+')] })).toBe('Passes your filters · on Disney+');
    expect(sentence('1', [], { preferredGenres: [genre('Comedy')] })).toBe('Comedy');
  });

  it('of a similar movie names the other one, and the people, keywords and genres both have', () => {
    expect(sentence('1200', [liked('1214', 0.5)], { similarTo: row('1214') })).toBe(
      'Similar to Alien · also with Sigourney Weaver · also about alien and space · Sci-Fi and Horror',
    );
    expect(sentence('6365', [liked('2571', 0.5)], { similarTo: row('2571') })).toMatch(
      /^Similar to The Matrix · The Matrix Collection · also with Lana Wachowski, Keanu Reeves and Carrie-Anne Moss · /,
    );
    expect(sentence('90002', [liked('1214', 0.1)], { similarTo: row('1214') })).toBe('Similar to Alien');
  });
});
