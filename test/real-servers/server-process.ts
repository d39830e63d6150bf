import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const MAX_START_MS = 20_000;
const POLL_MS = 20;
const FIRST_PORT = 10_000;
const PORT_COUNT = 10_000;
const MAX_PORT_ATTEMPTS = 1_000;

/** A server as a child process. It ends with the test runner, however that ends. */
export class ServerProcess {
  readonly #child: ChildProcess;
  #output = '';
  readonly #killWithRunner = (): void => void this.#child.kill('SIGKILL');

  private constructor(path: string, args: string[], user: SystemUser | undefined) {
    this.#child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], ...user });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text: Buffer) => {
        this.#output += text.toString();
      });
    process.on('exit', this.#killWithRunner);
    this.#child.on('error', (error) => {
      this.#output += error.message;
    });
  }

  /** Waits until `isReady` returns true. Throws with the output of the server when it ends before. */
  static async start(path: string, args: string[], isReady: () => Promise<boolean>, user?: SystemUser): Promise<ServerProcess> {
    const server = new ServerProcess(path, args, user);
    const latest = performance.now() + MAX_START_MS;
    while (!(await isReady())) {
      if (server.#ended || performance.now() > latest) {
        await server.end('SIGKILL');
        throw new Error(`${path} did not start:\n${server.#output}`);
      }
      await sleep(POLL_MS);
    }
    return server;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends the signal to the process and to those that it has started. */
  signalAll(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    for (const each of [pid, ...children]) process.kill(each, signal);
  }

  /** Sends the signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<void> {
    process.off('exit', this.#killWithRunner);
    if (this.#ended) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }

  get #ended(): boolean {
    return this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}

export interface SystemUser {
  uid: number;
  gid: number;
}

/**
 * Different ports that were free a moment ago. They lie below those that systems give to connections and to port 0 (from 32,768 on Linux).
 * So only another call of this function can take them meanwhile.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let attempt = 0; ports.size < count; attempt++) {
    if (attempt > MAX_PORT_ATTEMPTS) throw new Error('no free port was found');
    const port = randomInt(FIRST_PORT, FIRST_PORT + PORT_COUNT);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server.listen(port, '127.0.0.1'), 'listening').then(
    () => true,
    () => false,
  );
  if (!(await listening)) return false;
  await once(server.close(), 'close');
  return true;
}
