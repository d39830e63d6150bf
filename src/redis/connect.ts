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
  /** A PEM file with certificates to trust beside those of the system. */
  tlsCaFile: string | undefined;
}

export type RedisClient = Redis | Cluster;

const MAX_CONNECT_MS = 1_000;
/** A connection that owes an answer and is silent for this long is closed and opened again. */
const MAX_SILENCE_MS = 5_000;
const MAX_PAUSE_MS = 2_000;

/** A client that reconnects by itself and never queues a command: a late answer is useless here. */
export function connectRedis({ server, username, password, tls, tlsCaFile }: RedisConnection): RedisClient {
  const secured = tls || tlsCaFile !== undefined ? { tls: tlsCaFile === undefined ? {} : { ca: readFileSync(tlsCaFile) } } : {};
  const options = {
    connectionName: 'cinematch',
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: MAX_CONNECT_MS,
    socketTimeout: MAX_SILENCE_MS,
    // After a failover the old master refuses writes: reconnecting finds the new one.
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
        slotsRefreshTimeout: MAX_CONNECT_MS,
      });
  }
}

function pauseBefore(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt, 10), MAX_PAUSE_MS);
}
