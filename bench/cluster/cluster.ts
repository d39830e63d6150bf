import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RealProgram, realProgram } from '../../test/real-servers/debian-package.ts';
import { findPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { findRedis } from '../../test/real-servers/redis.ts';
import { aligned } from '../markdown-table.ts';
import { quantile } from '../quantiles.ts';
import { CineMatchServers } from './cinematch-servers.ts';
import { mountSmallDisk } from './full-disk.ts';
import { type Cluster, PHASES } from './phases.ts';
import { RedisNodes } from './redis-nodes.ts';
import { freePort, startNginx } from './reverse-proxy.ts';
import { noOutcomes, type Outcomes, Users } from './users.ts';
import { Versions } from './versions.ts';

export interface ClusterOptions {
  users: number;
  /** Requests a second of all users. */
  rate: number;
  /** Of each phase, at least. */
  seconds: number;
  /** Where versions are kept. */
  artifacts: string;
  /** Merged catalogs, a version of each. */
  catalogs: readonly string[];
  /** Only phases whose names contain this. */
  only: string | undefined;
}

export interface PhaseResult extends Outcomes {
  name: string;
  lost: number;
  /** What went beyond what may fail; undefined when nothing did. */
  problem: string | undefined;
}

const SERVERS = 3;
const DATABASE_FAILURES = new Set(['UNAVAILABLE']);
const STORAGE_FAILURES = new Set(['STORAGE_FULL']);

/** Breaks one thing after the other while users read and write. `report` gets each result. */
export async function measureCluster(options: ClusterOptions, report: (result: PhaseResult) => void): Promise<PhaseResult[]> {
  // Each program that is started ends with this one.
  process.setMaxListeners(50);
  const programs = programsOf({ nginx: realProgram(['nginx'], 'nginx'), redis: findRedis(), postgres: findPostgres() });
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-cluster-'));
  const versions = await Versions.prepare(options.artifacts, options.catalogs);
  const results: PhaseResult[] = [];
  const add = (result: PhaseResult): void => {
    results.push(result);
    report(result);
  };
  try {
    await withCluster(programs, folder, versions, async (cluster, url) => {
      const users = await Users.signIn(url, options.users, options.rate, await versions.usedCatalog());
      for (const { name, mayFail, disrupt } of PHASES.filter((phase) => phase.name.includes(options.only ?? ''))) {
        const allowed = mayFail === 'none' ? new Set<string>() : DATABASE_FAILURES;
        add(await phase(users, name, options.seconds, allowed, () => disrupt(cluster, options.seconds)));
      }
    });
    if ('the disk of SQLite'.includes(options.only ?? '')) await fullDisk(programs.nginx, folder, versions, options, add);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return results;
}

export function clusterTable(results: readonly PhaseResult[]): string {
  const rows = results.map(({ name, requests, writes, failures, times, lost }) => {
    const failed = [...failures].map(([code, count]) => `${count} ${code}`).join(', ');
    const at = (share: number): string => quantile(times, share).toFixed(0);
    return [name, String(requests), String(writes), failed === '' ? '0' : failed, String(lost), at(0.5), at(0.99), at(1)];
  });
  return aligned([['fault', 'requests', 'writes', 'failed', 'writes lost', 'p50, ms', 'p99, ms', 'slowest, ms'], ...rows]);
}

/** Users work for `seconds`, or until the fault is mended. Then they pause, and what was acknowledged is compared. */
async function phase(
  users: Users,
  name: string,
  seconds: number,
  mayFail: ReadonlySet<string>,
  disrupt: () => Promise<void>,
): Promise<PhaseResult> {
  users.take();
  users.start();
  const end = sleep(seconds * 1_000);
  await sleep(seconds * 150);
  await disrupt();
  await end;
  // The fault may have been mended a moment ago.
  await sleep(seconds * 100);
  await users.stop();
  const outcomes = users.take();
  const lost = await users.lost();
  const others = [...outcomes.failures.keys()].filter((code) => !mayFail.has(code));
  const problem =
    lost > 0
      ? `${lost} writes were lost`
      : others.length > 0
        ? `failed with ${others.map((code) => `${code} (${outcomes.messages.get(code)})`).join(', ')}`
        : undefined;
  return { name, ...outcomes, lost, problem };
}

interface Programs {
  nginx: string;
  redis: string;
  postgres: string;
}

async function withCluster(
  { nginx, redis: redisProgram, postgres: postgresProgram }: Programs,
  folder: string,
  versions: Versions,
  work: (cluster: Cluster, url: string) => Promise<void>,
): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  try {
    const postgres = await startPostgres(postgresProgram);
    stops.push(() => postgres.stop());
    const redis = await RedisNodes.start(redisProgram, folder);
    stops.push(() => redis.stop());
    const databaseUrl = await postgres.createDatabase('films');
    const port = await freePort();
    const data = { DATABASE_URL: databaseUrl, REDIS_CLUSTER: redis.addresses, DATA_DIR: join(folder, 'data') };
    const servers = await CineMatchServers.start(SERVERS, () => ({ ...settingsOf(versions, port), ...data }));
    stops.push(() => servers.stop());
    const proxy = await startNginx(nginx, folder, port, servers.ports);
    stops.push(() => proxy.stop());
    await work({ servers, postgres, databaseUrl, redis, versions }, proxy.url);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** One server on SQLite, whose disk has no room for a while. */
async function fullDisk(
  nginx: string,
  folder: string,
  versions: Versions,
  { users: count, rate, seconds }: ClusterOptions,
  add: (result: PhaseResult) => void,
): Promise<void> {
  const name = 'the disk of SQLite fills up, and gets room again';
  const disk = await mountSmallDisk(join(folder, 'small-disk'));
  if (disk === undefined) {
    return add({ name: `${name} (not run: needs root, to mount a small disk)`, ...noOutcomes(), lost: 0, problem: undefined });
  }
  const place = join(folder, 'sqlite');
  await mkdir(place);
  const port = await freePort();
  try {
    const servers = await CineMatchServers.start(1, () => ({ ...settingsOf(versions, port), DATA_DIR: disk.folder }));
    const proxy = await startNginx(nginx, place, port, servers.ports);
    try {
      const users = await Users.signIn(proxy.url, Math.min(count, 50), rate / 2, await versions.usedCatalog());
      add(await phase(users, name, seconds, STORAGE_FAILURES, () => disk.full(seconds * 300)));
    } finally {
      await proxy.stop();
      await servers.stop();
    }
  } finally {
    disk.unmount();
  }
}

function settingsOf(versions: Versions, port: number): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TRUST_PROXY: '127.0.0.1',
    AUTH_SECRET: SECRET,
    ARTIFACTS_DIR: versions.folder,
    // All users have one address.
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'warn',
    // Longer than nginx needs to notice; shorter than its default, so that a rolling restart fits into a phase.
    DRAIN_MS: '2000',
  };
}

const SECRET = randomBytes(32).toString('hex');

function programsOf(found: Record<keyof Programs, RealProgram>): Programs {
  const missing = Object.values(found).find(({ path }) => path === undefined);
  if (missing !== undefined) throw new Error(missing.hint);
  const { nginx, redis, postgres } = found;
  return { nginx: nginx.path ?? '', redis: redis.path ?? '', postgres: postgres.path ?? '' };
}
