import { setTimeout as delay } from 'node:timers/promises';
import { readRefreshState } from '../src/engine/artifacts/refresh-state.ts';
import { addFailure, type Failure, failureIn, noAnswer, noOutcomes, type Outcomes, type UsedCatalog, Users } from './cluster/users.ts';
import { aligned } from './markdown-table.ts';
import { quantile } from './quantiles.ts';
import { type ServerProcess, startCineMatch } from './server-process.ts';

const ANONYMOUS = 4;
const USERS = 20;
const MINUTE_MS = 60_000;
const WAIT_MS = 20_000;
const QUARTERS = 4;
const NODES = 20;
const QUERY = `{ catalog { version movieCount } recommendations(first: ${NODES}) { nodes { movie { id title } explanation } } }`;

export interface RefreshLoad {
  artifacts: string;
  /** Of the server. */
  data: string;
  /** How long. A refresh begins in each, or when the one before has ended. */
  minutes: number;
  /** Requests a second, half of them of users with a session. */
  rate: number;
  change(): void;
  /** Runs in a process of its own, so that it does not hold up those who ask. */
  refresh(): Promise<void>;
}

interface Seen extends Outcomes {
  movieCounts: Map<string, number>;
}

/** A refresh a minute beside a server that users and anonymous callers ask. Returns a table. */
export async function besideLoad({ artifacts, data, minutes, rate, change, refresh }: RefreshLoad): Promise<string> {
  const server = await startCineMatch(artifacts, data, { env: { LOG_LEVEL: 'warn', KEEP_VERSIONS: '3' } });
  const seen: Seen = { ...noOutcomes(), movieCounts: new Map() };
  // A request that is under way adds its failure to the part in which it began.
  const parts: Outcomes[] = [seen];
  let isOver = false;
  const pauseMs = (ANONYMOUS / (rate / 2)) * 1_000;
  const anonymous = Array.from({ length: ANONYMOUS }, async () => {
    while (!isOver) {
      await ask(server, seen);
      await delay(2 * Math.random() * pauseMs);
    }
  });
  const memory: number[] = [];
  let [refreshes, published] = [0, 0];
  let late = 0;
  let users: Users | undefined;
  let lost = 0;
  try {
    users = await Users.signIn(server.url, USERS, rate / 2, await someMovies(server));
    users.start();
    const end = performance.now() + minutes * MINUTE_MS;
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
      change();
      await refresh();
      refreshes++;
      if ((await readRefreshState(artifacts))?.result === 'published') published++;
      const left = MINUTE_MS - (performance.now() - begun);
      if (left < 0) late++;
      await delay(Math.max(0, left));
      parts.push(users.take());
      memory.push(server.residentMegabytes());
      const { requests, failures } = sumOf(parts);
      process.stderr.write(`refresh ${refreshes}: ${memory.at(-1)?.toFixed(0)} MB, ${requests} requests, ${countOf(failures)} failed\n`);
    }
    await users.stop();
    parts.push(users.take());
    lost = await users.lost();
  } finally {
    isOver = true;
    await users?.stop();
    await Promise.all(anonymous);
    await server.stop();
  }
  const all = sumOf(parts);
  const movieCounts = [...seen.movieCounts.values()];
  const quarter = Math.ceil(memory.length / QUARTERS);
  return aligned([
    ['beside a server under load', ''],
    ['minutes', String(minutes)],
    ['refreshes', String(refreshes)],
    ['that took more than a minute', String(late)],
    ['published', String(published)],
    ['versions that were served', String(seen.movieCounts.size)],
    ['movies of a version, fewest and most', `${Math.min(...movieCounts)}, ${Math.max(...movieCounts)}`],
    ['requests', String(all.requests)],
    ['failed', String(countOf(all.failures))],
    ...all.failures.entries().map(([name, count]) => [`failed: ${name}`, `${count}, the first: ${all.messages.get(name)}`]),
    ['answer, ms p50 / p99 / slowest', [0.5, 0.99, 1].map((share) => quantile(all.times, share).toFixed(0)).join(' / ')],
    ['changes of users', String(all.writes)],
    ['acknowledged changes that are lost', String(lost)],
    ...Array.from({ length: Math.ceil(memory.length / quarter) }, (_, n) => {
      const part = memory.slice(n * quarter, (n + 1) * quarter);
      return [
        `server memory, quarter ${n + 1}, MB mean, most`,
        `${(part.reduce((a, b) => a + b) / part.length).toFixed(0)}, ${Math.max(...part).toFixed(0)}`,
      ];
    }),
  ]);
}

async function ask({ url }: ServerProcess, seen: Seen): Promise<void> {
  seen.requests++;
  const begun = performance.now();
  const failure = await post(url, QUERY).then(
    ({ status, text }) => failureIn({ status, text }) ?? note(text, seen),
    (error: unknown) => noAnswer(error instanceof Error ? (error.cause ?? error) : error),
  );
  seen.times.push(performance.now() - begun);
  if (failure !== undefined) addFailure(seen, failure, QUERY);
}

function note(text: string, { movieCounts }: Seen): Failure | undefined {
  const { data }: { data: { catalog: { version: string; movieCount: number }; recommendations: { nodes: unknown[] } } } = JSON.parse(text);
  const { catalog, recommendations } = data;
  const known = movieCounts.get(catalog.version);
  movieCounts.set(catalog.version, catalog.movieCount);
  if (recommendations.nodes.length !== NODES) return { name: 'too few movies', message: String(recommendations.nodes.length) };
  if (known === undefined || known === catalog.movieCount) return undefined;
  return { name: 'two versions in one answer', message: `${known} and ${catalog.movieCount} movies` };
}

async function someMovies({ url }: ServerProcess): Promise<UsedCatalog> {
  const { text } = await post(url, '{ recommendations(first: 100) { nodes { movie { id title } } } }');
  const { data }: { data: { recommendations: { nodes: { movie: { id: string; title: string } }[] } } } = JSON.parse(text);
  const movies = data.recommendations.nodes.map(({ movie }) => movie);
  return { ids: movies.map(({ id }) => id), titles: movies.map(({ title }) => title) };
}

async function post(url: string, query: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(WAIT_MS),
  });
  return { status: answer.status, text: await answer.text() };
}

function sumOf(parts: readonly Outcomes[]): Outcomes {
  const all = noOutcomes();
  for (const { requests, writes, failures, messages, times } of parts) {
    all.requests += requests;
    all.writes += writes;
    for (const time of times) all.times.push(time);
    for (const [name, count] of failures) all.failures.set(name, (all.failures.get(name) ?? 0) + count);
    for (const [name, message] of messages) if (!all.messages.has(name)) all.messages.set(name, message);
  }
  return all;
}

function countOf(failures: Outcomes['failures']): number {
  return failures.values().reduce((total, count) => total + count, 0);
}
