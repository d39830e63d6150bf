import type { AddressInfo } from 'node:net';
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { pino } from 'pino';
import type { CredentialSiblings } from '../../accounts/recent-credentials.ts';
import { openDatabase } from '../../database/database.ts';
import { ModelRelease } from '../../engine/artifacts/model-release.ts';
import { readEnvironment } from '../../environment/environment.ts';
import { listen } from '../../http/listen.ts';
import type { ImportSiblings, ThreadProgress } from '../../library/running-imports.ts';
import { METRICS_TEXT } from '../../metrics/prometheus-metrics.ts';
import type { SharedCounts } from '../../rate-limit/rate-limiter.ts';
import type { RemoteRankings } from '../../recommendations/cache/ranking-cache.ts';
import { openSnapshot, type Snapshot } from '../../recommendations/snapshot.ts';
import { freeOldVersion } from '../old-version-memory.ts';
import { openMetrics } from '../open-metrics.ts';
import { logWholeProcess, openLogOutput } from '../process-log.ts';
import { createRequestServer, type Siblings } from '../request-server.ts';
import { openChannel } from './channel.ts';
import { Link } from './link.ts';
import type { MainAnswers, ThreadAnswers, ThreadStart } from './questions.ts';

// One of the threads that answer requests. ServerThreads starts it.

if (parentPort === null) throw new Error('this file is a thread of the server');
const { number, count, clientDirectory }: ThreadStart = workerData;
const output = openLogOutput();
const environment = readEnvironment();
const log = pino({ level: environment.logLevel }, output).child({ thread: number });
logWholeProcess(log);
let current: Snapshot | undefined;
let stop: ((drainMs: number) => Promise<void>) | undefined;
const answers: ThreadAnswers = {
  async begin({ release, port }) {
    current = await openSnapshot(ModelRelease.ofThread(release), environment.snapshot);
    return begin(current, port);
  },
  async serve(release) {
    current = await openSnapshot(ModelRelease.ofThread(release), environment.snapshot);
    freeOldVersion();
  },
  async metrics() {
    return (await opening).metrics.values();
  },
  async stop({ drainMs }) {
    await stop?.(drainMs);
    await new Promise<void>((resolve) => output.flush(() => resolve()));
  },
};
const main = new Link<MainAnswers>(parentPort, answers);
const opening = openMetrics(environment, log);

async function begin(first: Snapshot, port: number): Promise<number> {
  const http = { ...environment.http, port };
  const { metrics, traces } = await opening;
  const database = openDatabase(environment.database, metrics);
  const page = { contentType: METRICS_TEXT, text: () => main.ask('metricsText', undefined) };
  const served = environment.metrics;
  const server = await createRequestServer({
    environment: { ...environment, http },
    clientDirectory,
    log,
    metrics,
    tracer: traces?.metrics,
    database,
    snapshots: {
      get current() {
        return current ?? first;
      },
      check: () => main.ask('checkVersion', undefined),
    },
    metricsPage: served === undefined || served.own !== undefined ? undefined : { page, token: served.token },
    siblings: siblings(),
  });
  stop = async (drainMs) => {
    await server.shutDown(http.shutdownTimeoutMs, drainMs);
    await Promise.all([server.stop().then(() => database.close()), traces?.stop()]);
  };
  await listen(server.fastify, http, { reusePort: true });
  return (server.fastify.server.address() as AddressInfo).port;
}

function siblings(): Siblings {
  const counts: SharedCounts = { add: (key, amount, windowMs) => main.ask('count', { key, amount, windowMs }) };
  const rankings: RemoteRankings = {
    layer: 'process',
    async get(key) {
      const bytes = await main.ask('ranking', key);
      return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    set: (key, bytes) => void main.ask('keepRanking', { key, bytes }),
  };
  // What happens to accounts in one thread makes all of them look again.
  const { tell, onTold } = openChannel<null>('credentials');
  const credentials: CredentialSiblings = { forget: () => tell(null), onForget: onTold };
  // A page may ask one thread about the import that it has sent to another.
  const progress = openChannel<ThreadProgress>('imports');
  const imports: ImportSiblings = { tell: (told) => progress.tell({ threadId, told }), onTold: progress.onTold };
  return { number, count, counts, rankings, credentials, imports };
}
