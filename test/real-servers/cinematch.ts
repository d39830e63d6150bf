import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeFixtureRelease } from '../fixture-release.ts';
import { freePorts } from './server-process.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const MAX_START_MS = 60_000;

/** The CineMatch server as a child process on a free port. */
export interface RunningServer {
  url: string;
  /** Everything that it wrote so far. */
  output(): string;
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** Serves the movies of the fixture. Artifacts and database are in `folder`. */
export async function startServer(folder: string, environment: Record<string, string> = {}): Promise<RunningServer> {
  await writeFixtureRelease(`${folder}/artifacts`);
  const [port] = await freePorts(1);
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: PROJECT,
    env: {
      PATH: process.env.PATH,
      HOST: 'localhost',
      PORT: String(port),
      DRAIN_MS: '0',
      WORKERS: '1',
      ARTIFACTS_DIR: `${folder}/artifacts`,
      DATA_DIR: `${folder}/data`,
      REGISTRATION: 'open',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithRunner = (): void => void child.kill('SIGKILL');
  process.on('exit', killWithRunner);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      output += text.toString();
    });
  await ready(child, () => output);
  return {
    url: `http://localhost:${port}`,
    output: () => output,
    async end(signal = 'SIGTERM') {
      process.off('exit', killWithRunner);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

async function ready(child: ChildProcess, output: () => string): Promise<void> {
  const late = AbortSignal.timeout(MAX_START_MS);
  while (!late.aborted && child.exitCode === null) {
    if (output().includes('"msg":"ready"')) return;
    await sleep(20);
  }
  child.kill('SIGKILL');
  throw new Error(`the server did not start:\n${output()}`);
}
