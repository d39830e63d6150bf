import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask, DEFAULT_LIMITS, type TestApp, testApp } from '../../../test/running-app.ts';
import { type RefreshState, writeRefreshState } from '../../engine/artifacts/refresh-state.ts';
import { RefreshWatch } from '../../recommendations/refresh-watch.ts';

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

  it('says how old its data is, and when it was refreshed last', async () => {
    const query = `{ catalog { dataAt dataAge lastRefresh {
      startedAt finishedAt result newMovies changedMovies removedMovies offersBegun offersEnded
    } } }`;
    const { catalog } = await ask<{ catalog: { dataAge: number } }>(app, query);
    expect(catalog).toEqual({ dataAt: '2026-01-02T03:04:05.000Z', dataAge: expect.any(Number), lastRefresh: null });
    const age = Math.max(0, (Date.now() - Date.parse('2026-01-02T03:04:05Z')) / 1_000);
    expect(Math.abs(catalog.dataAge - age)).toBeLessThan(3_600);

    const folder = await mkdtemp(join(tmpdir(), 'refreshed-'));
    const changes = { newMovies: 1, changedMovies: 2, removedMovies: 3, offersBegun: 4, offersEnded: 5 };
    const state: RefreshState = {
      startedAt: '2026-02-01T00:00:00.000Z',
      finishedAt: '2026-02-01T00:01:00.000Z',
      seconds: 60,
      result: 'unchanged',
      failedStep: null,
      error: null,
      succeededAt: '2026-02-01T00:01:00.000Z',
      changes,
      skipped: [],
      version: 'fixture-1',
      dataAt: '2026-02-01T00:00:00.000Z',
      nextAt: null,
      log: [],
    };
    await writeRefreshState(folder, state);
    const warnings: object[] = [];
    const refresh = await RefreshWatch.open({ artifactsDirectory: folder, log: { warn: (about) => warnings.push(about) } });
    const snapshot = await fixtureSnapshot();
    const refreshed = await testApp(() => snapshot, { refresh });
    const { startedAt, finishedAt } = state;
    const lastRefresh = { startedAt, finishedAt, result: 'UNCHANGED', ...changes };
    expect(await ask(refreshed, query)).toMatchObject({ catalog: { dataAt: startedAt, lastRefresh } });
    expect((await refreshed.fastify.inject('/ready')).json()).toEqual({
      status: 'ready',
      database: 'up',
      version: 'fixture-1',
      dataAt: startedAt,
      lastRefresh: { startedAt, finishedAt, result: 'unchanged', failedStep: null },
    });
    // Nobody but the owner sees names of the server's files. The answer is not a ready one of before.
    await writeRefreshState(folder, { ...state, result: 'failed', failedStep: 'merge', error: '/srv/secret: no', version: 'another' });
    await refresh.check();
    const failed = await ask(refreshed, query);
    expect(failed).toMatchObject({ catalog: { dataAt: '2026-01-02T03:04:05.000Z', lastRefresh: { result: 'FAILED' } } });
    expect(JSON.stringify([failed, (await refreshed.fastify.inject('/ready')).json()])).not.toContain('/srv/secret');
    // A file that cannot be read leaves the state as it was, and is logged once.
    await writeFile(join(folder, 'refresh.json'), '{"startedAt": 5}');
    await refresh.check();
    await refresh.check();
    expect([warnings.length, refresh.current?.result]).toEqual([1, 'failed']);
    await refreshed.shutDown(0);
    await rm(folder, { recursive: true });
  });

  it('says whether models may learn from viewers, which is a setting of the server', async () => {
    const snapshot = await fixtureSnapshot();
    const graphql = { introspection: true, defaultRegion: 'US', maxTokens: 2_000, limits: DEFAULT_LIMITS };
    const asked = [undefined, true, false].map(async (learnsFromViewers) => {
      const server = await testApp(() => snapshot, {
        graphql: { ...graphql, ...(learnsFromViewers === undefined ? {} : { learnsFromViewers }) },
      });
      return ask(server, '{ learnsFromViewers }').finally(() => server.shutDown(0));
    });
    expect(await Promise.all(asked)).toEqual([true, true, false].map((learnsFromViewers) => ({ learnsFromViewers })));
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
