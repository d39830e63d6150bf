import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, ServerProcess } from '../../test/real-servers/server-process.ts';

const NODES = 6;
const FORM_WITHIN_MS = 30_000;

/** Three masters, each with a replica. */
export class RedisNodes {
  readonly #program: string;
  readonly #folder: string;
  readonly #ports: readonly number[];
  readonly #servers: ServerProcess[];

  private constructor(program: string, folder: string, ports: readonly number[], servers: ServerProcess[]) {
    this.#program = program;
    this.#folder = folder;
    this.#ports = ports;
    this.#servers = servers;
  }

  static async start(program: string, folder: string): Promise<RedisNodes> {
    // A node also listens on its port + 10000, which no call of freePorts gives.
    const ports = await freePorts(NODES);
    const nodes = new RedisNodes(program, folder, ports, []);
    nodes.#servers.push(...(await Promise.all(ports.map((port) => nodes.#startNode(port)))));
    const addresses = ports.map((port) => `127.0.0.1:${port}`);
    nodes.#cli(['--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes']);
    await nodes.untilWhole();
    return nodes;
  }

  get addresses(): string {
    return this.#ports.map((port) => `127.0.0.1:${port}`).join(',');
  }

  /** The nodes that are masters now. */
  get masters(): number[] {
    return this.#ports.flatMap((port, node) => (this.#ask(port, ['role']).startsWith('master') ? [node] : []));
  }

  kill(node: number): Promise<void> {
    return this.#servers[node].end('SIGKILL');
  }

  /** The node comes back empty, and knows its Cluster. */
  async restart(node: number): Promise<void> {
    this.#servers[node] = await this.#startNode(this.#ports[node]);
  }

  async all(work: (node: number) => Promise<void>): Promise<void> {
    await Promise.all(this.#ports.map((_port, node) => work(node)));
  }

  async untilWhole(): Promise<void> {
    const latest = performance.now() + FORM_WITHIN_MS;
    while (!this.#ports.every((port) => this.#ask(port, ['cluster', 'info']).includes('cluster_state:ok'))) {
      if (performance.now() > latest) throw new Error('the Redis Cluster did not form');
      await sleep(100);
    }
  }

  stop(): Promise<void> {
    return this.all((node) => this.kill(node));
  }

  async #startNode(port: number): Promise<ServerProcess> {
    const folder = join(this.#folder, `redis-${port}`);
    await mkdir(folder, { recursive: true });
    const cluster = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000', '--cluster-require-full-coverage', 'no'];
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', ...cluster];
    return ServerProcess.start(this.#program, args, async () => this.#ask(port, ['ping']).startsWith('PONG'));
  }

  /** '' when the node cannot be asked. */
  #ask(port: number, command: string[]): string {
    try {
      return this.#cli(['-p', String(port), ...command]);
    } catch {
      return '';
    }
  }

  #cli(args: string[]): string {
    return execFileSync(join(dirname(this.#program), 'redis-cli'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  }
}
