import type { ModelRelease } from '../src/engine/artifacts/model-release.ts';
import type { HistoryItem } from '../src/library/library-store.ts';
import { movieRecord } from '../src/library/movie-record.ts';
import { SqlLibraryStore } from '../src/library/sql-library-store.ts';
import { RankingCache } from '../src/recommendations/cache/ranking-cache.ts';
import { openSnapshot, type Snapshot } from '../src/recommendations/snapshot.ts';
import { generatedMovies } from '../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../test/release-in-memory.ts';
import { type ViewerApp, viewerApp } from '../test/viewer-app.ts';
import { COST_QUERIES, type CostQuery, type CostViewer, type KnownCatalog, LIKES, WATCHLIST } from './cost-queries.ts';
import { randomHybrid } from './generated-hybrid.ts';
import { aligned } from './markdown-table.ts';

const MOVIES = 60_000;
/** Price and processor time may differ by so much from the common rate. */
const MAX_RATIO = 3;
const WARM_UP = 10;
const ROUNDS = 5;
/** Processor time of one round. */
const ROUND_MS = 100;

interface Priced {
  name: string;
  points: number;
  ms: number;
}

/** Measures the processor time of each query in process and compares it with its price. Throws when the two differ too much. */
export async function measureCost(json: boolean): Promise<void> {
  // As in a real catalog, most names are those of one movie, and a collection has a few.
  const movies = generatedMovies(MOVIES).map((movie, i) => ({
    ...movie,
    cast: [...movie.cast, `Actor ${i}`],
    collection: `Saga ${Math.floor(i / 10)}`,
  }));
  const known: KnownCatalog = {
    movieIds: movies.map(({ movieId }) => movieId),
    titles: movies.map(({ title, year }) => `"${title}",${year ?? ''}`),
    titleWords: [...new Set(movies.flatMap(({ title }) => title.match(/[a-z]{4,}/gi) ?? []))],
    keywords: [...new Set(movies.flatMap(({ keywords }) => keywords))],
    people: [...new Set(movies.flatMap(({ cast }) => cast))],
    collections: [...new Set(movies.map(({ collection }) => collection))],
    sharedGroup: '',
    sharedWatchlist: 'list-of-the-lister-000',
  };
  const content = await appOver(releaseInMemory(movies, shippedConfig('default')), known);
  const hybrid = await appOver(releaseInMemory(movies, shippedConfig('default'), randomHybrid(MOVIES)), known);
  known.sharedGroup = await sharedGroupOf(content, known);
  const meters: Meter[] = [];
  for (const query of COST_QUERIES) meters.push(await warmedUp(query, known, asking(query.hybrid === true ? hybrid : content, query)));
  // One round of all queries after the other: a busy moment, and code that is not yet compiled, then spoil one round of a query at most.
  for (let round = 0; round < ROUNDS; round++) for (const meter of meters) await meter.measure();
  for (const app of [content, hybrid]) await app.shutDown(0);
  report(meters, json);
}

/** The server over a release, with viewers who keep a watchlist and likes, and without any cache. */
async function appOver(release: ModelRelease, { movieIds }: KnownCatalog): Promise<ViewerApp> {
  const snapshot = await openSnapshot(release);
  const rankings = new RankingCache({ memoryBytes: 0, metrics: { cachePage: () => undefined } });
  const app = await viewerApp(() => snapshot, { rankings, logRequests: 'errors' });
  const library = new SqlLibraryStore(app.database);
  const items = (count: number, said: Pick<HistoryItem, 'listed' | 'feedback'>): HistoryItem[] =>
    movieIds.slice(0, count).map((id) => ({ movie: recordOf(snapshot, id), watched: undefined, ...said }));
  const LISTED = { listed: { at: null }, feedback: undefined };
  for (const viewer of ['LISTER', 'WRITER'] satisfies CostViewer[])
    await library.mergeHistory(viewer, items(WATCHLIST, LISTED), new Date());
  await library.watchlistLinks.put('LISTER' satisfies CostViewer, { id: 'list-of-the-lister-000', name: 'List', createdAt: new Date() });
  const LIKED = { listed: undefined, feedback: { signal: 'LIKE' as const, at: null } };
  await library.mergeHistory('LIKER' satisfies CostViewer, items(LIKES, LIKED), new Date());
  return app;
}

function recordOf({ catalog }: Snapshot, id: number): HistoryItem['movie'] {
  const index = catalog.indexOf(id);
  if (index === undefined) throw new Error(`the catalog has no movie ${id}`);
  return movieRecord(catalog, index);
}

async function sharedGroupOf(app: ViewerApp, known: KnownCatalog): Promise<string> {
  const members = Array.from({ length: 8 }, (_, m) => ({
    name: `Member ${m}`,
    movieIds: known.movieIds.slice(30 * m, 30 * m + 30).map(String),
  }));
  const { createSharedGroup } = await app
    .viewer()
    .ask<{ createSharedGroup: { id: string } }>('mutation ($group: SharedGroupInput!) { createSharedGroup(group: $group) { id } }', {
      group: { members, services: [], strategy: 'AVERAGE' },
    });
  return createSharedGroup.id;
}

type Ask = (payload: object) => Promise<{ extensions?: { cost?: { price: number } }; errors?: { message: string }[] }>;

function asking(app: ViewerApp, { viewer }: CostQuery): Ask {
  const headers = viewer === undefined ? {} : app.viewer(viewer).headers;
  return async (payload) => (await app.fastify.inject({ method: 'POST', url: '/graphql', headers, payload })).json();
}

interface Meter extends Priced {
  /** One round. `ms` is that of the best one: other programs and garbage of earlier queries add to the time, and nothing takes from it. */
  measure(): Promise<void>;
}

async function warmedUp({ name, query, variables }: CostQuery, known: KnownCatalog, send: Ask): Promise<Meter> {
  let n = 0;
  const run = async (): Promise<number> => {
    const { errors, extensions } = await send({ query, variables: variables(n++, known), extensions: { cost: true } });
    if (errors !== undefined) throw new Error(`${name}: ${errors[0].message}`);
    return extensions?.cost?.price ?? Number.NaN;
  };
  let points = 0;
  for (let i = 0; i < WARM_UP; i++) points += (await run()) / WARM_UP;
  const meter: Meter = {
    name,
    points,
    ms: Number.POSITIVE_INFINITY,
    measure: async () => {
      let runs = 0;
      let spent = 0;
      for (const started = process.cpuUsage(); spent < ROUND_MS; runs++) {
        await run();
        const { user, system } = process.cpuUsage(started);
        spent = (user + system) / 1_000;
      }
      meter.ms = Math.min(meter.ms, spent / runs);
    },
  };
  return meter;
}

/** The common rate is the geometric mean of the points for a millisecond. */
function report(priced: readonly Priced[], json: boolean): void {
  const rate = Math.exp(priced.reduce((sum, { points, ms }) => sum + Math.log(points / ms), 0) / priced.length);
  const isWrong = ({ points, ms }: Priced): boolean => points / ms > rate * MAX_RATIO || points / ms < rate / MAX_RATIO;
  if (json) process.stdout.write(`${JSON.stringify({ rate, priced }, null, 2)}\n`);
  else {
    const rows = priced.map((row) => [
      row.name,
      row.points.toFixed(0),
      row.ms.toFixed(2),
      (row.points / row.ms).toFixed(1),
      `${(row.points / row.ms / rate).toFixed(2)}${isWrong(row) ? ' !' : ''}`,
    ]);
    process.stdout.write(`${aligned([['query', 'points', 'CPU ms', 'points a ms', 'of the common rate'], ...rows])}\n`);
    process.stdout.write(`The common rate is ${rate.toFixed(1)} points a ms.\n`);
  }
  const wrong = priced.filter(isWrong);
  if (wrong.length > 0) throw new Error(`price and cost differ by more than ${MAX_RATIO} for: ${wrong.map(({ name }) => name).join('; ')}`);
}
