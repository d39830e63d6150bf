import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type RealProgram, realProgram } from './debian-package.ts';
import { freePorts, ServerProcess } from './server-process.ts';

const NO_DISK = ['--save', '', '--appendonly', 'no'];
const CLUSTER_NODES = 3;
const CLUSTER_WITHIN_MS = 20_000;
const POLL_MS = 50;

/** One Redis, with the failures that a test can cause. */
export interface RealRedis {
  url: string;
  port: number;
  /** SIGKILL; `start` starts an empty one on the same port. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** SIGSTOP: connections stay open without answers until `resume`. */
  suspend(): void;
  resume(): void;
  /** A connection for the test itself. */
  client(): Redis;
  stop(): Promise<void>;
}

export interface RealCluster {
  nodes: { host: string; port: number }[];
  /** SIGKILL to one of the three. */
  kill(node: number): Promise<void>;
  stop(): Promise<void>;
}

export function findRedis(): RealProgram {
  return realProgram(['redis-server'], 'redis-server');
}

/** A server on a free port. `settings` are arguments of its command line, e.g. ['--maxmemory', '1mb']. */
export async function startRedis(path: string, settings: string[] = []): Promise<RealRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-redis-'));
  const [port] = await freePorts(1);
  const start = (): Promise<ServerProcess> => startNode(path, port, folder, settings);
  let server = await start();
  const clients: Redis[] = [];
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: () => server.end('SIGKILL'),
    async start() {
      server = await start();
    },
    suspend: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    client() {
      const client = new Redis(port, '127.0.0.1');
      client.on('error', () => undefined);
      clients.push(client);
      return client;
    },
    async stop() {
      for (const client of clients) client.disconnect();
      await server.end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Three masters that share the slots. */
export async function startRedisCluster(path: string): Promise<RealCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-cluster-'));
  // A node also listens on its port + 10000, which no call of freePorts gives.
  const ports = await freePorts(CLUSTER_NODES);
  const servers = await Promise.all(
    ports.map(async (port) => {
      await mkdir(join(folder, String(port)));
      const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '1000', '--cluster-require-full-coverage', 'no'];
      return startNode(path, port, join(folder, String(port)), settings);
    }),
  );
  const nodes = ports.map((port) => ({ host: '127.0.0.1', port }));
  const addresses = nodes.map(({ host, port }) => `${host}:${port}`);
  execFileSync(join(dirname(path), 'redis-cli'), ['--cluster', 'create', ...addresses, '--cluster-yes'], { stdio: 'pipe' });
  await Promise.all(ports.map(untilClusterIsUp));
  return {
    nodes,
    kill: (node) => servers[node].end('SIGKILL'),
    async stop() {
      await Promise.all(servers.map((server) => server.end('SIGKILL')));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface RealSentinel {
  host: string;
  port: number;
  knowsReplica(): Promise<boolean>;
  stop(): Promise<void>;
}

/** A Sentinel that starts a failover by itself, half a second after its master "films" is gone. */
export async function startSentinel(path: string, masterPort: number): Promise<RealSentinel> {
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-sentinel-'));
  const config = join(folder, 'sentinel.conf');
  const [port] = await freePorts(1);
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor films 127.0.0.1 ${masterPort} 1`,
    'sentinel down-after-milliseconds films 500',
    'sentinel failover-timeout films 2000',
  ];
  await writeFile(config, `${lines.join('\n')}\n`);
  const server = await ServerProcess.start(path, [config, '--sentinel'], () => pings(port));
  return {
    host: '127.0.0.1',
    port,
    // One replica is an array of one array.
    knowsReplica: async () => (await ask(port, 'SENTINEL REPLICAS films')).startsWith('*1'),
    async stop() {
      await server.end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startNode(path: string, port: number, folder: string, settings: string[]): Promise<ServerProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--enable-debug-command', 'yes', ...NO_DISK, ...settings];
  return ServerProcess.start(path, args, () => pings(port));
}

async function untilClusterIsUp(port: number): Promise<void> {
  const latest = performance.now() + CLUSTER_WITHIN_MS;
  while (!(await ask(port, 'CLUSTER INFO')).includes('cluster_state:ok')) {
    if (performance.now() > latest) throw new Error('the Redis Cluster did not form');
    await sleep(POLL_MS);
  }
}

async function pings(port: number): Promise<boolean> {
  return /^(\+PONG|-NOAUTH)/.test(await ask(port, 'PING'));
}

/** The first bytes of the answer to one command; '' when the server cannot be reached. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    const settle = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (text) => settle(text.toString()));
    socket.once('error', () => settle(''));
    socket.once('close', () => resolve(''));
  });
}
