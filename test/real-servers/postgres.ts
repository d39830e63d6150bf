import { execFileSync } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type RealProgram, realProgram } from './debian-package.ts';
import { freePorts, ServerProcess, type SystemUser } from './server-process.ts';

const USER = 'cinematch';
/** The data need not survive the test, so a fast start matters more than durability. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=100', 'shared_buffers=32MB'];

export interface RealPostgres {
  /** The folder of psql, pg_dump and the others. */
  programs: string;
  /** Creates an empty database and returns its URL. */
  createDatabase(name: string): Promise<string>;
  /** Closes every connection, as `pg_ctl restart -m fast` does, and starts again on the same port. */
  restart(): Promise<void>;
  /** Closes every connection and stops, until `start`. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Stops every process of the server, which keeps its connections, until `resume`. */
  hang(): void;
  resume(): void;
  stop(): Promise<void>;
}

export function findPostgres(): RealProgram {
  return realProgram(['postgres'], 'postgresql', '/usr/lib/postgresql');
}

/** A server with an empty data folder on a free port. `settingsFor` makes further settings, such as files in the folder. */
export async function startPostgres(path: string, settingsFor?: (folder: string, user?: SystemUser) => string[]): Promise<RealPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-postgres-'));
  const user = unprivilegedUser();
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
  execFileSync(join(dirname(path), 'initdb'), initdb, { stdio: 'pipe', ...user });
  const [port] = await freePorts(1);
  const urlOf = (database: string): string => `postgresql://${USER}@127.0.0.1:${port}/${database}`;
  const settings = [...SETTINGS, ...(settingsFor?.(folder, user) ?? [])];
  const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, ...settings.flatMap((setting) => ['-c', setting])];
  const start = (): Promise<ServerProcess> => ServerProcess.start(path, args, () => accepts(urlOf('postgres')), user);
  let server = await start();
  return {
    programs: dirname(path),
    async createDatabase(name) {
      await withClient(urlOf('postgres'), (client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`));
      return urlOf(name);
    },
    async restart() {
      await server.end('SIGINT');
      server = await start();
    },
    halt: () => server.end('SIGINT'),
    async start() {
      server = await start();
    },
    hang: () => server.signalAll('SIGSTOP'),
    resume: () => server.signalAll('SIGCONT'),
    async stop() {
      await server.end('SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function accepts(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

async function withClient(url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to run as root. Returns the user of its package, or `nobody`. */
function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const idOf = (flag: string): number =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: idOf('-u'), gid: idOf('-g') };
    } catch {
      // Try the next user.
    }
  }
  throw new Error('PostgreSQL cannot run as root, and there is neither a user postgres nor a user nobody');
}
