import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { RealPostgres } from '../../test/real-servers/postgres.ts';
import type { CineMatchServers } from './cinematch-servers.ts';
import type { RedisNodes } from './redis-nodes.ts';
import type { Versions } from './versions.ts';

export interface Cluster {
  servers: CineMatchServers;
  postgres: RealPostgres;
  databaseUrl: string;
  redis: RedisNodes;
  versions: Versions;
}

/** `none`: no request may fail. `database`: those that the database leaves without an answer may. */
export type MayFail = 'none' | 'database';

export interface Phase {
  name: string;
  mayFail: MayFail;
  /** Causes the fault, and mends it. */
  disrupt(cluster: Cluster, seconds: number): Promise<void>;
}

const SERVED_WITHIN_MS = 30_000;
const AWAY_MS = 5_000;
/** More than PostgreSQL has. */
const MAX_CONNECTIONS = 200;

export const PHASES: readonly Phase[] = [
  { name: 'no fault', mayFail: 'none', disrupt: async () => undefined },
  {
    name: 'a server is killed, and started again',
    mayFail: 'none',
    async disrupt({ servers }, seconds) {
      await servers.kill(0);
      await sleep(seconds * 200);
      await servers.restart(0);
    },
  },
  { name: 'the servers restart one after the other', mayFail: 'none', disrupt: ({ servers }) => servers.roll() },
  {
    name: 'two nodes of Redis die, and come back',
    mayFail: 'none',
    async disrupt({ redis }, seconds) {
      const [first, second] = redis.masters;
      await redis.kill(first);
      await sleep(seconds * 200);
      await redis.kill(second);
      await sleep(seconds * 200);
      await redis.restart(first);
      await redis.restart(second);
      await redis.untilWhole();
    },
  },
  {
    name: 'all of Redis goes, and comes back',
    mayFail: 'none',
    async disrupt({ redis }, seconds) {
      await redis.all((node) => redis.kill(node));
      await sleep(seconds * 300);
      await redis.all((node) => redis.restart(node));
      await redis.untilWhole();
    },
  },
  { name: 'PostgreSQL restarts', mayFail: 'database', disrupt: ({ postgres }) => postgres.restart() },
  {
    name: 'PostgreSQL is away for five seconds',
    mayFail: 'database',
    async disrupt({ postgres }) {
      await postgres.halt();
      await sleep(AWAY_MS);
      await postgres.start();
    },
  },
  {
    name: 'others take all connections of PostgreSQL for five seconds',
    mayFail: 'database',
    async disrupt({ databaseUrl }) {
      const taken: pg.Client[] = [];
      const latest = performance.now() + AWAY_MS;
      while (performance.now() < latest) {
        const client = new pg.Client({ connectionString: databaseUrl });
        client.on('error', () => undefined);
        const isTaken =
          taken.length < MAX_CONNECTIONS &&
          (await client.connect().then(
            () => true,
            () => false,
          ));
        if (isTaken) taken.push(client);
        else await sleep(50);
      }
      await Promise.all(taken.map((client) => client.end()));
    },
  },
  {
    name: 'a version is published',
    mayFail: 'none',
    async disrupt({ servers, versions }) {
      await versions.publish(1);
      await served(servers, versions.name(1));
    },
  },
  {
    name: 'a damaged version is published',
    mayFail: 'none',
    async disrupt({ servers, versions }, seconds) {
      const mend = await versions.publishDamaged();
      await sleep(seconds * 500);
      await served(servers, versions.name(1));
      await mend();
    },
  },
  {
    name: 'the version before is served again',
    mayFail: 'none',
    async disrupt({ servers, versions }) {
      await versions.rollBack();
      await served(servers, versions.name(0));
    },
  },
];

async function served(servers: CineMatchServers, version: string): Promise<void> {
  if (!(await servers.untilServed(version, SERVED_WITHIN_MS))) throw new Error(`not every server serves ${version}`);
}
