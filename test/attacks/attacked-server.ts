import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { WorstHealth } from './health-probe.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const START_TIMEOUT_MS = 30_000;
/** Within this time the first probes of /health are on their way. */
const PROBES_BEGIN_MS = 30;
const CLOCK_TICKS_A_SECOND = 100;
const MEGABYTE = 1_048_576;
export const PASSWORD = 'a long password of mine';

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface Answer {
  status: number;
  /** Of the first error; undefined without errors. */
  code: string | undefined;
  bytes: number;
}

/** What one request cost the server. */
export interface Measured extends Answer {
  cpuMs: number;
  health: WorstHealth;
  memoryMb: number;
}

/** src/main.ts in a process of its own, with the default settings, without rate limits, and with a heap of 1 GB. */
export class AttackedServer {
  readonly url: string;
  /** Where a browser finds the server. */
  readonly #origin: string;
  readonly #child: ChildProcess;
  readonly #probe: ChildProcess;

  /** Where it keeps its database. */
  readonly dataDirectory: string;

  private constructor(child: ChildProcess, probe: ChildProcess, url: string, origin: string, dataDirectory: string) {
    this.dataDirectory = dataDirectory;
    this.#child = child;
    this.#probe = probe;
    this.url = url;
    this.#origin = origin;
  }

  /** `more`: settings that differ from the defaults. */
  static async start(artifactsDirectory: string, more: Record<string, string> = {}): Promise<AttackedServer> {
    const dataDirectory = join(artifactsDirectory, 'data');
    const child = spawn(process.execPath, ['--max-old-space-size=1024', '--import', 'tsx', 'src/main.ts'], {
      cwd: PROJECT,
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: '0',
        ARTIFACTS_DIR: artifactsDirectory,
        DATA_DIR: dataDirectory,
        REGISTRATION: 'open',
        // The probe must reach the thread that is attacked.
        WORKERS: '1',
        // Attacks are repeated. Each one must do no harm by itself.
        RATE_LIMIT: 'off',
        ...more,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => {
      if (!output.includes('"msg":"ready"')) output += chunk;
    });
    for (const started = performance.now(); !output.includes('"msg":"ready"'); await wait(50)) {
      if (performance.now() - started > START_TIMEOUT_MS || child.exitCode !== null) throw new Error(`the server did not start: ${output}`);
    }
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '';
    const probe = fork(fileURLToPath(new URL('health-probe.ts', import.meta.url)), [url, String(child.pid)]);
    await once(probe, 'message');
    return new AttackedServer(child, probe, url, more.PUBLIC_URL ?? url, dataDirectory);
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async stop(): Promise<void> {
    this.#probe.kill();
    if (!this.isAlive) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }

  /** The Cookie header of somebody with an account, who may send larger files than a guest. */
  async member(): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.#origin },
      body: JSON.stringify({ name: 'Mallory', email: `${randomUUID()}@films.test`, password: PASSWORD }),
    });
    if (!response.ok) throw new Error(`no account: ${response.status} ${await response.text()}`);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  async send(body: string, cookie?: string): Promise<Answer> {
    const headers = { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) };
    return this.ask('/graphql', { method: 'POST', headers, body });
  }

  /** The path is sent as it is written. */
  async ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
    const asked = request(this.url, { path, method, headers });
    asked.end(body);
    const [answer] = await once(asked, 'response');
    const sent = await text(answer);
    const isError = answer.headers['content-type']?.startsWith('application/json') === true && sent.includes('"errors"');
    const { errors }: { errors?: { extensions: { code: string } }[] } = isError ? JSON.parse(sent) : {};
    return { status: answer.statusCode ?? 0, code: errors?.[0].extensions.code, bytes: sent.length };
  }

  /** Runs `work` while /health is asked all the time. */
  async measure(work: () => Promise<Answer>): Promise<Measured> {
    const before = this.cpuMs;
    const probed = once(this.#probe, 'message');
    this.#probe.send('start');
    try {
      await wait(PROBES_BEGIN_MS);
      const answer = await work();
      const cpuMs = this.cpuMs - before;
      this.#probe.send('stop');
      const [health]: WorstHealth[] = await probed;
      return { ...answer, cpuMs, health, memoryMb: this.memoryMb };
    } catch (error) {
      this.#probe.send('stop');
      await probed;
      throw error;
    }
  }

  /** Time of the processor that the process has used; 0 where the system does not say. */
  get cpuMs(): number {
    const file = `/proc/${this.#child.pid}/stat`;
    if (!existsSync(file)) return 0;
    const fields = readFileSync(file, 'utf8').split(') ')[1].split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / CLOCK_TICKS_A_SECOND;
  }

  /** Resident memory; 0 where the system does not say. */
  get memoryMb(): number {
    const file = `/proc/${this.#child.pid}/status`;
    if (!existsSync(file)) return 0;
    return (Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) * 1_024) / MEGABYTE;
  }
}
