import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEnvironment } from '../../src/environment/environment.ts';
import { readPage } from '../docs/markdown.ts';
import { realProgram } from '../real-servers/debian-package.ts';

const KIT = 'deploy/compose';
const caddy = realProgram(['caddy'], 'caddy');

interface Service {
  image: string;
  build?: { context: string; dockerfile: string };
  environment?: Record<string, string>;
  volumes?: string[];
  depends_on?: string[];
  read_only?: boolean;
  command?: string[];
}
interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

const read = (file: string): Compose => parse(readFileSync(join(KIT, file), 'utf8'), { merge: true });
const example = Object.fromEntries(
  [...readPage(`${KIT}/.env.example`).matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
);

/** "${NAME:-else}" as Compose replaces it. */
const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\$\{(\w+)(?::[-?]([^}]*))?\}/g, (_whole, name: string, otherwise: string = '') => values[name] || otherwise);

describe.each(['compose.yaml', 'compose.full.yaml'])(`${KIT}/%s`, (file) => {
  const { services, volumes } = read(file);
  const ours = Object.values(services).filter(({ image }) => image === 'cinematch');

  it('names only volumes, files and services that are there', () => {
    const used = new Set<string>();
    for (const service of Object.values(services)) {
      for (const other of service.depends_on ?? []) expect(Object.keys(services)).toContain(other);
      for (const [source = ''] of (service.volumes ?? []).map((volume) => volume.split(':')))
        if (source.startsWith('.')) expect([source, existsSync(join(KIT, source))]).toEqual([source, true]);
        else used.add(source);
      if (service.build !== undefined) expect(existsSync(join(KIT, service.build.context, service.build.dockerfile))).toBe(true);
    }
    expect([...used].sort()).toEqual(Object.keys(volumes).sort());
  });

  it('gives the server settings that it accepts, from variables of .env.example', () => {
    const values = { ...example, SITE: 'films.example', AUTH_SECRET: 'x'.repeat(32), POSTGRES_PASSWORD: 'p' };
    expect(ours.length).toBeGreaterThan(0);
    for (const { environment = {} } of ours) {
      const settings = Object.entries(environment).map(([name, value]) => [name, filled(String(value), values)] as const);
      parseEnvironment(Object.fromEntries(settings));
      // Those of the pipeline stand beside its commands.
      const documented = readPage('docs/reference/settings.md') + readPage('docs/reference/cli.md');
      for (const [name] of settings) expect(documented).toContain(`\`${name}\``);
    }
    for (const [, name] of readPage(`${KIT}/${file}`).matchAll(/\$\{(\w+)/g)) expect(example).toHaveProperty(name ?? '');
  });

  it('has a refresh by profile, with a key and a bound on versions from .env', () => {
    const { refresh } = services as Record<string, Service & { profiles?: string[] }>;
    expect(refresh?.profiles).toEqual(['refresh']);
    expect(refresh?.command?.map((word) => filled(word, example))).toEqual(['refresh', '--every', '24h', '--download', 'ml-32m']);
    expect(Object.keys(refresh?.environment ?? {})).toEqual(['TMDB_API_KEY', 'KEEP_VERSIONS']);
  });

  it('runs the server with a read-only root file system', () => {
    for (const { read_only, volumes: mounts } of ours) {
      expect(read_only).toBe(true);
      expect(mounts?.map((mount) => mount.split(':')[1]).sort()).toEqual(['/artifacts', '/data']);
    }
  });
});

describe('the files of compose.full.yaml', () => {
  it('let Prometheus ask every server at its port for metrics', () => {
    const { services } = read('compose.full.yaml');
    const servers = Object.entries(services).filter(([, { image, command }]) => image === 'cinematch' && command === undefined);
    const wanted = servers.map(([name, { environment }]) => `${name}:${environment?.METRICS_PORT}`);
    const { scrape_configs, rule_files } = parse(readFileSync(join(KIT, 'prometheus.yml'), 'utf8'));
    expect(scrape_configs[0].static_configs[0].targets).toEqual(wanted);
    expect(scrape_configs[0].job_name).toBe('cinematch');
    expect(rule_files).toEqual(['cinematch.rules.yml']);
  });

  it.skipIf(caddy.path === undefined)(`are a configuration that Caddy takes (${caddy.hint})`, () => {
    const args = ['validate', '--adapter', 'caddyfile', '--config', join(KIT, 'Caddyfile')];
    execFileSync(caddy.path ?? '', args, { stdio: 'pipe', env: { ...process.env, SITE: 'films.example' } });
  });
});
