import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask, type TestApp, testApp } from '../../../test/running-app.ts';

describe('the catalog', () => {
  let app: TestApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  it('says what is being served', async () => {
    expect(await ask(app, '{ catalog { version movieCount dataset builtAt model } }')).toEqual({
      catalog: {
        version: 'fixture-1',
        movieCount: FIXTURE_MOVIES.length,
        dataset: 'fixture',
        builtAt: '2026-01-02T03:04:05.000Z',
        model: 'content',
      },
    });
  });

  it('lists genres and services by name, with how many movies each has', async () => {
    const { genres, services } = await ask<Record<string, { id: string; name: string; movieCount: number }[]>>(
      app,
      '{ genres { id name movieCount } services { id name movieCount } }',
    );
    for (const list of [genres, services])
      expect(list.map(({ name }) => name)).toEqual(list.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'en')));
    for (const { name, movieCount } of genres)
      expect(movieCount, name).toBe(FIXTURE_MOVIES.filter((movie) => movie.genres.includes(name)).length);
    expect(genres.find(({ id }) => id === 'sci-fi')?.name).toBe('Sci-Fi');
    expect(services.map(({ id }) => id)).toEqual(expect.arrayContaining(['apple-tv', 'apple-tv-plus', 'disney', 'netflix']));
  });

  it('lists the languages, that of most movies first', async () => {
    const { languages } = await ask<{ languages: { id: string; movieCount: number }[] }>(app, '{ languages { id movieCount } }');
    const counts = Map.groupBy(FIXTURE_MOVIES, ({ originalLanguage }) => originalLanguage ?? '');
    expect(languages[0].id).toBe('en');
    for (const { id, movieCount } of languages) expect(movieCount, id).toBe(counts.get(id)?.length);
    expect(languages.map(({ movieCount }) => movieCount)).toEqual(languages.map(({ movieCount }) => movieCount).toSorted((a, b) => b - a));
    expect(languages).toHaveLength(new Set(FIXTURE_MOVIES.flatMap(({ originalLanguage }) => originalLanguage ?? [])).size);
  });
});
