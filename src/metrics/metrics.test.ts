import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { type CachedApp, cachedApp } from '../../test/redis-load.ts';
import { openDatabase } from '../database/database.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';

const DASHBOARD: { panels: { title: string; targets: { expr: string }[] }[] } = JSON.parse(
  readFileSync(new URL('../../deploy/grafana/cinematch.json', import.meta.url), 'utf8'),
);

describe('GET /metrics', () => {
  let snapshot: Snapshot;
  let app: CachedApp;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    // Nothing listens at this address, so no command is counted and redis_in_use is 0.
    app = await cachedApp(snapshot, { REDIS_URL: 'redis://127.0.0.1:1', RATE_LIMIT_PER_ADDRESS: '40' });
  });
  afterAll(() => app.shutDown(0));

  const post = (query: string) => app.fastify.inject({ method: 'POST', url: '/graphql', payload: { query } });
  const lines = async (): Promise<string[]> => (await app.fastify.inject('/metrics')).body.split('\n');

  it('counts operations by field and code, never by a name that the caller chose', async () => {
    await post('query Mine { recommendations { totalCount } }');
    await post('query Other { again: recommendations { totalCount } }');
    await post('{ recommendations(first: 0) { totalCount } }');
    await post('{ recommendations { totalCount } catalog { version } }');
    await post('query F { ...f } fragment f on Query { catalog { version } }');
    await post('{ __schema { types { name } } }');
    await post('{ no such thing');
    await post('{ noSuchField }');
    const counted = (await lines()).filter((line) => line.startsWith('cinematch_graphql_operations_total'));
    expect(counted.sort()).toEqual(
      [
        ['introspection', 'OK', 1],
        ['invalid', 'GRAPHQL_PARSE_FAILED', 1],
        ['invalid', 'GRAPHQL_VALIDATION_FAILED', 1],
        ['recommendations', 'BAD_USER_INPUT', 1],
        ['recommendations', 'OK', 2],
        ['several', 'OK', 2],
      ].map(([operation, code, count]) => `cinematch_graphql_operations_total{operation="${operation}",code="${code}"} ${count}`),
    );
    expect(await app.metric('cinematch_graphql_operation_seconds_count{operation="recommendations"}')).toBe(3);
  });

  it('counts requests by route and status; all unknown addresses are one route', async () => {
    await app.fastify.inject('/health');
    for (const url of ['/a', '/b', '/graphql-x']) await app.fastify.inject(url);
    const counted = (await lines()).filter((line) => line.startsWith('cinematch_http_requests_total'));
    expect(counted).toContain('cinematch_http_requests_total{route="/health",method="GET",status="200"} 1');
    expect(counted).toContain('cinematch_http_requests_total{route="none",method="GET",status="404"} 3');
    expect(counted).toContain('cinematch_http_requests_total{route="/graphql",method="POST",status="200"} 6');
  });

  it('counts pages of rankings by where they came from, and times the computed ones', async () => {
    for (let n = 0; n < 3; n++) await post('{ recommendations(prefs: { yearMin: 1990 }) { totalCount } }');
    await post('{ movie(id: "2571") { similar { score } } }');
    expect(await app.metric('cinematch_ranking_cache_pages_total{layer="computed"}')).toBeGreaterThan(0);
    expect(await app.metric('cinematch_ranking_cache_pages_total{layer="memory"}')).toBeGreaterThan(0);
    expect(await app.metric('cinematch_recommender_seconds_count{kind="similar"}')).toBe(1);
    expect(await app.metric('cinematch_ranking_cache_entries')).toBe(app.rankingCache.entries);
    expect(await app.metric('cinematch_redis_in_use')).toBe(0);
  });

  it('times SQL statements', async () => {
    const database = openDatabase({ kind: 'sqlite', file: ':memory:' }, app.metrics);
    await database.kysely.selectNoFrom(({ val }) => val(1).as('one')).execute();
    await database.close();
    expect(await app.metric('cinematch_database_statement_seconds_count{statement="select",outcome="done"}')).toBe(1);
  });

  it('names the version that is served, and no other', async () => {
    expect(await app.metric('cinematch_catalogue_movies{version="fixture-1",dataset="fixture"}')).toBe(snapshot.catalog.size);
    expect((await lines()).filter((line) => line.startsWith('cinematch_catalogue_movies{'))).toHaveLength(1);
  });

  it('counts refusals', async () => {
    for (let n = 0; n < 45; n++) await app.fastify.inject('/nowhere');
    expect(await app.metric('cinematch_rate_limited_total{rule="address"}')).toBeGreaterThan(0);
    expect((await app.fastify.inject('/metrics')).statusCode).toBe(200);
  });

  it('counts mail by what became of it', async () => {
    app.metrics.mail('sent');
    expect(await app.metric('cinematch_mail_total{outcome="sent"}')).toBe(1);
  });

  it('counts failed sign-ins by reason', async () => {
    app.metrics.signInFailed('password');
    expect(await app.metric('cinematch_sign_in_failures_total{reason="password"}')).toBe(1);
  });

  it('has every metric of the dashboard, and the dashboard has every metric', async () => {
    const exposed = new Set((await lines()).flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []));
    const asked = new Set<string>();
    for (const { title, targets } of DASHBOARD.panels) {
      expect(targets.length, title).toBeGreaterThan(0);
      for (const { expr } of targets) {
        const names = expr.match(/\b(cinematch|nodejs|process)_\w+/g) ?? [];
        expect(names.length, expr).toBeGreaterThan(0);
        for (const name of names) asked.add(name.replace(/_(bucket|count|sum)$/, ''));
      }
    }
    expect([...asked].filter((name) => !exposed.has(name))).toEqual([]);
    expect([...exposed].filter((name) => name.startsWith('cinematch_') && !asked.has(name))).toEqual([]);
  });

  it('has every label of the dashboard', async () => {
    const text = (await lines()).join('\n');
    for (const { expr } of DASHBOARD.panels.flatMap(({ targets }) => targets)) {
      const labels = /by \(([^)]*)\)/.exec(expr)?.[1].split(', ') ?? [];
      const name = /\b(cinematch)_\w+/.exec(expr)?.[0] ?? '';
      for (const label of labels.filter((one) => one !== 'le' && !name.includes('redis_command')))
        expect(text, expr).toMatch(new RegExp(`^${name}\\{[^}]*\\b${label}="`, 'm'));
    }
  });
});
