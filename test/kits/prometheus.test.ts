import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PrometheusMetrics } from '../../src/metrics/prometheus-metrics.ts';
import { readPage } from '../docs/markdown.ts';
import { realProgram } from '../real-servers/debian-package.ts';
import { NO_REFRESH } from '../running-app.ts';

const KIT = 'deploy/prometheus';
const RULES = `${KIT}/cinematch.rules.yml`;
const promtool = realProgram(['promtool'], 'prometheus');

interface Rule {
  alert: string;
  expr: string;
  annotations: { runbook: string };
}

const rules: Rule[] = parse(readFileSync(RULES, 'utf8')).groups.flatMap((group: { rules: Rule[] }) => group.rules);

it('every alert has a paragraph in the runbook, and every paragraph an alert', () => {
  const headings = [...readPage('docs/how-to/runbook.md').matchAll(/^## (.+)$/gm)].map(([, name]) => name);
  expect(headings).toEqual(rules.map(({ alert }) => alert));
  for (const { alert, annotations } of rules) expect(annotations.runbook).toBe(`docs/how-to/runbook.md#${alert.toLowerCase()}`);
});

it('every alert asks for metrics that the server has', async () => {
  const metrics = new PrometheusMetrics();
  metrics.addGauges({
    catalog: () => ({ version: 'v', dataset: 'd', size: 1, builtAt: new Date(0) }),
    refresh: NO_REFRESH,
    rankingCache: { bytes: 0, entries: 0 },
    readyAnswers: { bytes: 0, entries: 0, hits: 0 },
    heavyQueue: { length: 0 },
    database: { isAway: false },
    redis: { isOpen: false },
    freeBytes: () => 1,
  });
  metrics.operation('movie', 'OK', 1);
  metrics.request('/', 'GET', 200, 1);
  const text = await metrics.text();
  for (const { expr } of rules)
    for (const [name] of expr.matchAll(/\b(?:cinematch|nodejs|process)_\w+/g)) expect(text).toMatch(new RegExp(`^${name}[ {]`, 'm'));
});

describe.skipIf(promtool.path === undefined)(`the rules of ${KIT} (${promtool.hint})`, () => {
  const run = (...args: string[]) => spawnSync(promtool.path ?? '', args, { encoding: 'utf8' });

  it('pass their unit tests, which know every alert', () => {
    expect(run('check', 'rules', RULES).status).toBe(0);
    const { status, stdout, stderr } = run('test', 'rules', `${KIT}/cinematch.test.yml`);
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
    const tested = readFileSync(`${KIT}/cinematch.test.yml`, 'utf8');
    for (const { alert } of rules) expect(tested).toMatch(new RegExp(`alertname: ${alert}\\n\\s+exp_alerts`));
  });

  it('and the configurations of the compose kit are right', () => {
    const config = run('check', 'config', '--syntax-only', 'deploy/compose/prometheus.yml');
    expect([config.status, config.stderr]).toEqual([0, '']);
  });
});
