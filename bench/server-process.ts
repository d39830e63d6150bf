import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../test/real-servers/server-process.ts';
import { SERVER, SERVER_ENVIRONMENT } from '../tools/server-environment.mjs';
import { pinned } from './processors.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READY_WITHIN_MS = 120_000;
/** Linux counts the processor time of a process in hundredths of a second. */
const TICKS_A_SECOND = 100;

/** A server in a process of its own, which answered on `readyPath`. */
export interface ServerProcess {
  url: string;
  readySeconds: number;
  /** Resident set size as Linux reports it. */
  residentMegabytes(): number;
  /** Processor time of all its threads since it began. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

export interface ServerCommand {
  command: string;
  args: string[];
  env: Record<string, string>;
  readyPath: string;
  /** The only processor that it may use. */
  processor?: number | undefined;
}

/** Starts a server that reads its port from PORT, or from `{port}` in its arguments. */
export async function startServer({ command, args, env, readyPath, processor }: ServerCommand): Promise<ServerProcess> {
  const [port] = await freePorts(1);
  const begun = performance.now();
  const [program, ...rest] = pinned([command, ...args.map((arg) => arg.replace('{port}', String(port)))], processor);
  const server = spawn(program, rest, {
    cwd: ROOT,
    env: { HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(url + readyPath, server);
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
  const { pid } = server;
  return {
    url,
    readySeconds: (performance.now() - begun) / 1000,
    residentMegabytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1000,
    cpuSeconds() {
      // The name of the program is in brackets and may contain spaces. User and system time are fields 14 and 15.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
    },
    async stop() {
      const ended = server.exitCode === null ? once(server, 'exit') : undefined;
      server.kill('SIGTERM');
      await ended;
    },
  };
}

/** Our server, as built, with its data in `dataDirectory`. */
export function startCineMatch(
  artifacts: string,
  dataDirectory: string,
  { env = {}, processor }: { env?: Record<string, string>; processor?: number | undefined } = {},
): Promise<ServerProcess> {
  return startServer({
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', SERVER],
    env: { ...SERVER_ENVIRONMENT, ARTIFACTS_DIR: artifacts, DATA_DIR: dataDirectory, RATE_LIMIT: 'off', ...env },
    readyPath: '/ready',
    processor,
  });
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the server ended with code ${server.exitCode}`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // Not listening yet: that is what is being measured.
    }
    await delay(5);
  }
  throw new Error(`the server was not ready within ${READY_WITHIN_MS / 1000} s`);
}
