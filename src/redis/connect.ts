import { readFileSync } from 'node:fs';
import { Cluster, Redis, type RedisOptions } from 'ioredis';

export interface RedisAddress {
  host: string;
  port: number;
}

export interface RedisConnection {
  server:
    | { kind: 'single'; url: string }
    | { kind: 'sentinels'; sentinels: RedisAddress[]; master: string; sentinelPassword: string | undefined }
    | { kind: 'cluster'; nodes: RedisAddress[] };
  username: string | undefined;
  password: string | undefined;
  tls: boolean;
  /** A PEM file that says whom to trust beside the usual authorities. */
  tlsCaFile: string | undefined;
}

export type RedisClient = Redis | Cluster;

const CONNECT_WITHIN_MS = 1_000;
/** A connection on which an answer is due and nothing comes for so long is given up and made anew. */
const SILENT_FOR_MS = 5_000;
const MAX_PAUSE_MS = 2_000;

/** A client that connects by itself, again and again, and never keeps a command for later: late is as good as never here. */
export function connectRedis({ server, username, password, tls, tlsCaFile }: RedisConnection): RedisClient {
  const secured = tls || tlsCaFile !== undefined ? { tls: tlsCaFile === undefined ? {} : { ca: readFileSync(tlsCaFile) } } : {};
  const options = {
    connectionName: 'cinematch',
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    socketTimeout: SILENT_FOR_MS,
    // A master that a failover made a replica refuses writes: the connection is made anew, to whoever is master by then.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...secured,
  } satisfies RedisOptions;
  const alone = { ...options, enableOfflineQueue: false, retryStrategy: pauseBefore };
  switch (server.kind) {
    case 'single':
      return new Redis(server.url, alone);
    case 'sentinels':
      return new Redis({
        ...alone,
        sentinels: server.sentinels,
        name: server.master,
        sentinelRetryStrategy: pauseBefore,
        ...(server.sentinelPassword === undefined ? {} : { sentinelPassword: server.sentinelPassword }),
        ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: secured.tls } : {}),
      });
    case 'cluster':
      return new Cluster(server.nodes, {
        redisOptions: options,
        enableOfflineQueue: false,
        clusterRetryStrategy: pauseBefore,
        clusterNodeRetryStrategy: pauseBefore,
        maxRedirections: 4,
        slotsRefreshTimeout: CONNECT_WITHIN_MS,
      });
  }
}

function pauseBefore(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt, 10), MAX_PAUSE_MS);
}
