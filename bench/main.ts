import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';
import { type ClusterOptions, clusterTable, measureCluster } from './cluster/cluster.ts';
import { figuresOf, httpFigures, ingestFigures, peerFigures, searchFigures, trainingFigures } from './figure-names.ts';
import { fillPages, recordFigures, recordTable } from './figures.ts';
import { writeGeneratedCatalog } from './generated-catalog.ts';
import { MOVIELENS_32M } from './generated-ratings.ts';
import { type HttpFigures, measureHttp } from './http.ts';
import { httpTable } from './http-table.ts';
import { HYBRID_SHAPES, writeHybrid } from './hybrid.ts';
import { generatedRatings, measureIngest } from './ingest.ts';
import { aligned } from './markdown-table.ts';
import { type Measured, measureArtifacts, trainSeconds } from './measure.ts';
import { measurePeer, type PeerFigures } from './peer.ts';
import { measureRefresh } from './refresh.ts';
import { measureSearches } from './search.ts';
import { measureThreads } from './threads.ts';
import { measureTraces } from './traces.ts';
import { measureTraining } from './training.ts';
import { measureWeb } from './web.ts';

const help = `Measures CineMatch: npm run build && npm run bench -- [WHAT] [OPTIONS]

  sizes   (default) train, load and ask on generated catalogs of several sizes
  peer    the same on one catalog, beside the reference system
  ratings write 32 million generated ratings to build/bench, unless they are there, and read them as evaluate does
  hybrid  a release of 87,585 movies with ratings models, and requests with 1 to 100 likes; --films N, of which 87,585 are rated
  training  all of train on 87,585 films and 32 million ratings, step by step (some 25 minutes on two cores); --films N, with
          people and ratings in proportion
  http    our server beside a bare node:http server that answers with the same bytes, in turn, as ratios (some 4 minutes)
  threads a thread for each core against one: requests a second in turn, and memory (some 2 minutes)
  imports a history of 50,000 rows into SQLite: a dry run, and the import that writes
  cost    price and processor time of some sixty queries; fails when they differ by more than 3 from the common rate
  cluster three servers on PostgreSQL and a Redis Cluster behind nginx, while one thing after the other fails; ends with 1
          when a write is lost, or a request fails that must not (some 6 minutes)
  traces  what OpenTelemetry costs: servers with and without it in turn, as ratios of processor time (some 2 minutes)
  index   an HNSW index over the movies' vectors beside a scan of all: recall and processor time (--artifacts with ratings models)
  refresh a refresh of --raw DIR, then one with 2,000 changed films; with --minutes N one a minute beside a server under load
  search  title searches over --artifacts DIR in process: those of the test, titles, half-typed ones, and ones with errors
  web     load the web app in Chromium, as a computer and as a phone: scripts, paints, blocked time, layout shift, taps

  --sizes 9000,75700,1000000   how many movies
  --films N                    hybrid, training: how many movies; index: at most so many   (87585)
  --catalog FILE               a merged catalog instead of a generated one
  --config NAME                feature config   (default)
  --peer DIR                   where the reference system's train.py and recommend.py are
  --requests N                 requests timed for each line   (300)
  --artifacts DIR              http, threads, traces, index, search, refresh: published artifacts instead of a generated catalog, or of none
  --seconds N                  http, threads: seconds of each load, at least one   (3); cluster: of each fault   (20)
  --users N                    cluster: how many users   (200)
  --rate N                     cluster, refresh: requests a second of all users   (80, 30)
  --raw DIR, --dataset NAME    refresh: raw files as download leaves them   (ml-32m)
  --ratings FILE               refresh: ratings to train on
  --minutes N                  refresh: minutes of load, with a refresh in each   (0)
  --only TEXT                  cluster: the faults whose names have this text; no --record then
  --dimensions N               training: numbers a film's vector has   (the config's)
  --json                       print JSON instead of a table
  --record                     write the figures to docs/figures.json, and into the pages that quote them

The machine should have nothing else to do. Files are kept in build/bench.
`;

type RecordFigures = (figures: Record<string, string>) => void;

const SEED = 20261122;
const FOLDER = 'build/bench';
/** The word for movies in options. */
const MOVIES_OPTION = 'films';
const MAX_CLUSTER_MS = 12 * 60_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sizes: { type: 'string', default: '9000,75700,1000000' },
      [MOVIES_OPTION]: { type: 'string', default: String(MOVIELENS_32M.movies) },
      catalog: { type: 'string' },
      config: { type: 'string', default: 'default' },
      peer: { type: 'string' },
      requests: { type: 'string', default: '300' },
      artifacts: { type: 'string' },
      seconds: { type: 'string' },
      users: { type: 'string', default: '200' },
      rate: { type: 'string' },
      only: { type: 'string' },
      dimensions: { type: 'string' },
      raw: { type: 'string' },
      dataset: { type: 'string', default: 'ml-32m' },
      ratings: { type: 'string' },
      minutes: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(help);
  const [what = 'sizes'] = positionals;
  const record = (figures: Record<string, string>): void => {
    if (!values.record) return;
    const command = ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' ');
    recordFigures({ command: command.replace(' --record', ''), machine: machine(), date: new Date().toISOString().slice(0, 10), figures });
    fillPages();
  };
  if (what === 'ratings') return benchRatings(values.json, record);
  if (what === 'training') {
    const movies = numberFrom1(`--${MOVIES_OPTION}`, values[MOVIES_OPTION]);
    if (values.record && movies !== MOVIELENS_32M.movies) throw new Error(`--record takes all films; leave --${MOVIES_OPTION} out`);
    return benchTraining(movies, values.dimensions === undefined ? undefined : Number(values.dimensions), values.json, record);
  }
  if (what === 'cost') {
    // Node cannot run the decorators of the schema.
    register();
    const { measureCost } = await import('./cost.ts');
    return measureCost(values.json);
  }
  if (what === 'imports') {
    register();
    const { measureImports } = await import('./imports.ts');
    const { rows, movies, dryRun, write } = await measureImports();
    const line = ({ seconds, cpuSeconds }: typeof dryRun): string =>
      `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of processor time`;
    const text = `${machine()}\n\n${rows} rows, ${movies} movies\ndry run  ${line(dryRun)}\nimport   ${line(write)}\n`;
    return void process.stdout.write(
      values.json ? `${JSON.stringify({ machine: machine(), rows, movies, dryRun, write }, null, 2)}\n` : text,
    );
  }
  if (what === 'index') {
    if (values.artifacts === undefined) throw new Error('index needs --artifacts DIR, a release with ratings models');
    const { measureIndex } = await import('./index-search.ts');
    const limit = numberFrom1(`--${MOVIES_OPTION}`, values[MOVIES_OPTION]);
    return void process.stdout.write(`${machine()}\n\n${await measureIndex(values.artifacts, limit)}\n`);
  }
  if (what === 'search') {
    if (values.artifacts === undefined) throw new Error('search needs --artifacts DIR, a published catalog');
    return benchSearch(values.artifacts, values.json, record);
  }
  if (what === 'web') return measureWeb(values.json);
  if (what === 'refresh') {
    const { raw, dataset, ratings, artifacts } = values;
    if (raw === undefined) throw new Error('refresh needs --raw DIR, raw files as download leaves them');
    const minutes = Number(values.minutes);
    if (!(Number.isInteger(minutes) && minutes >= 0)) throw new Error(`--minutes takes a whole number, not "${values.minutes}"`);
    const rate = numberFrom1('--rate', values.rate ?? '30');
    return void process.stdout.write(`${machine()}\n\n${await measureRefresh({ raw, dataset, ratings, artifacts, minutes, rate })}\n`);
  }
  if (!existsSync('dist/main.js')) throw new Error('dist/main.js is missing; run "npm run build" first');
  const requests = Number(values.requests);
  if (!(requests >= 1)) throw new Error(`--requests takes a number from 1, not "${values.requests}"`);
  const seconds = numberFrom1('--seconds', values.seconds ?? (what === 'cluster' ? '20' : '3'));
  if (!['sizes', 'peer', 'hybrid', 'http', 'threads', 'traces', 'cluster'].includes(what))
    throw new Error(
      `"${what}" cannot be measured; sizes, peer, ratings, hybrid, http, threads, traces, cluster, training, imports, cost, index, search, refresh and web can`,
    );
  if (what === 'peer' && values.peer === undefined) throw new Error('peer needs --peer DIR');

  await mkdir(FOLDER, { recursive: true });
  if (what === 'cluster' && values.record && values.only !== undefined) throw new Error('--record takes all faults; leave --only out');
  if (what === 'cluster')
    return benchCluster(values.record, {
      users: numberFrom1('--users', values.users),
      rate: numberFrom1('--rate', values.rate ?? '80'),
      seconds,
      artifacts: join(FOLDER, 'artifacts-cluster'),
      catalogs: await Promise.all([9_000, 9_500].map(generatedCatalog)),
      only: values.only,
    });
  if (what === 'traces' || what === 'threads') {
    const artifacts = values.artifacts ?? join(FOLDER, 'artifacts-http');
    if (!existsSync(artifacts)) await trainSeconds(await generatedCatalog(75_700), artifacts, values.config);
    const table = what === 'traces' ? measureTraces(artifacts) : measureThreads(artifacts, seconds);
    return void process.stdout.write(`${machine()}\n\n${await table}\n`);
  }
  if (what === 'http') return benchHttp({ ...values, seconds }, record);
  if (what === 'hybrid') return benchHybrid(numberFrom1(`--${MOVIES_OPTION}`, values[MOVIES_OPTION]), requests, values.json, record);
  const sizes = what === 'peer' ? [75_700] : values.sizes.split(',').map(Number);
  const catalogs = values.catalog === undefined ? await Promise.all(sizes.map(generatedCatalog)) : [values.catalog];
  const measured: Measured[] = [];
  for (const catalog of catalogs) {
    const artifacts = join(FOLDER, `artifacts-${measured.length}`);
    const trained = await trainSeconds(catalog, artifacts, values.config);
    measured.push(await measureArtifacts(artifacts, requests, trained));
  }
  const peer = values.peer === undefined ? undefined : await measurePeer(values.peer, catalogs[0], requests);
  process.stdout.write(values.json ? `${JSON.stringify({ machine: machine(), measured, peer }, null, 2)}\n` : tableOf(measured, peer));
  const scope = (one: Measured): string => (values.catalog === undefined ? `size-${one.movies}` : 'real');
  record(Object.assign({}, ...measured.map((one) => figuresOf(scope(one), one)), peer === undefined ? {} : peerFigures(peer)));
}

async function benchCluster(record: boolean, options: ClusterOptions): Promise<void> {
  const late = setTimeout(() => {
    process.stderr.write('the cluster took more than 12 minutes\n');
    // The programs that were started end with this one.
    process.exit(1);
  }, MAX_CLUSTER_MS).unref();
  const results = await measureCluster(options, ({ name, problem }) =>
    process.stderr.write(problem === undefined ? `ok     ${name}\n` : `FAILED ${name}: ${problem}\n`),
  );
  clearTimeout(late);
  const table = clusterTable(results);
  process.stdout.write(`${machine()}, ${options.users} users\n\n${table}\n`);
  const failed = results.filter(({ problem }) => problem !== undefined).length;
  if (failed > 0) throw new Error(`${failed} of ${results.length} faults did more harm than they may`);
  const { users, rate, seconds } = options;
  const work = `${users} users, ${rate} requests a second, of which 40 % are changes, at least ${seconds} seconds for each fault. ${machine()}:`;
  if (record) recordTable('docs/explanation/faults.md', 'cluster', `${work}\n\n${table}`);
}

function numberFrom1(option: string, text: string): number {
  const number = Number(text);
  if (!(number >= 1)) throw new Error(`${option} takes a number from 1, not "${text}"`);
  return number;
}

async function benchRatings(asJson: boolean, record: RecordFigures): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const path = join(FOLDER, 'synthetic-ratings.csv');
  await generatedRatings(path, { ...MOVIELENS_32M, seed: SEED });
  const figures = await measureIngest(path);
  const { ratings, likes, seconds, cpuSeconds, peakMegabytes } = figures;
  const line = `${ratings.toLocaleString('en')} ratings, ${likes.toLocaleString('en')} likes read in ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor time, ${peakMegabytes.toFixed(0)} MB at the most`;
  process.stdout.write(asJson ? `${JSON.stringify({ machine: machine(), ...figures }, null, 2)}\n` : `${machine()}\n\n${line}\n`);
  record(ingestFigures(figures));
}

/** Movies beyond those of MovieLens have no ratings, as movies that only TMDb has. */
async function benchHybrid(movies: number, requests: number, asJson: boolean, record: RecordFigures): Promise<void> {
  const rated = Math.min(movies, MOVIELENS_32M.movies);
  const isDefault = movies === MOVIELENS_32M.movies;
  const ratings = join(FOLDER, rated === MOVIELENS_32M.movies ? 'synthetic-ratings-2m.csv' : `synthetic-ratings-2m-${rated}.csv`);
  await generatedRatings(ratings, { movies: rated, users: 20_000, ratings: 2_000_000, seed: SEED });
  const artifacts = join(FOLDER, isDefault ? 'artifacts-hybrid' : `artifacts-hybrid-${movies}`);
  await writeHybrid(await generatedCatalog(movies), ratings, artifacts);
  const measured = await measureArtifacts(artifacts, requests, undefined, HYBRID_SHAPES);
  process.stdout.write(asJson ? `${JSON.stringify({ machine: machine(), measured }, null, 2)}\n` : tableOf([measured], undefined));
  record(figuresOf(isDefault ? 'hybrid' : `hybrid-${movies}`, measured));
}

async function benchSearch(artifacts: string, asJson: boolean, record: RecordFigures): Promise<void> {
  const figures = await measureSearches(artifacts);
  const rows = figures.kinds.map(({ name, queries, p50, p99, slowest, slowestQuery }) => [
    name,
    String(queries),
    `${p50.toFixed(2)} / ${p99.toFixed(2)}`,
    `${slowest.toFixed(2)}: ${slowestQuery}`,
  ]);
  const table = aligned([[`${figures.movies.toLocaleString('en')} movies`, 'queries', 'ms, p50 / p99', 'slowest'], ...rows]);
  process.stdout.write(asJson ? `${JSON.stringify({ machine: machine(), ...figures }, null, 2)}\n` : `${machine()}\n\n${table}\n`);
  record(searchFigures(figures));
}

interface HttpValues {
  artifacts?: string | undefined;
  catalog?: string | undefined;
  config: string;
  peer?: string | undefined;
  seconds: number;
  json: boolean;
}

async function benchHttp({ artifacts, catalog, config, peer, seconds, json }: HttpValues, record: RecordFigures): Promise<void> {
  if (artifacts !== undefined && catalog === undefined && peer !== undefined)
    throw new Error('--peer needs the merged catalog of the artifacts: --catalog FILE');
  const csv = catalog ?? (await generatedCatalog(75_700));
  const served = artifacts ?? join(FOLDER, 'artifacts-http');
  if (artifacts === undefined) await trainSeconds(csv, served, config);
  const figures: HttpFigures = await measureHttp({
    artifacts: served,
    seconds,
    peer: peer === undefined ? undefined : { directory: peer, catalog: csv },
  });
  const text = `${machine()}\n\n${httpTable(figures)}\n`;
  process.stdout.write(json ? `${JSON.stringify({ machine: machine(), ...figures }, null, 2)}\n` : text);
  record(httpFigures(figures));
}

async function benchTraining(movies: number, dimensions: number | undefined, asJson: boolean, record: RecordFigures): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const share = movies / MOVIELENS_32M.movies;
  const ratings = join(FOLDER, share === 1 ? 'synthetic-ratings.csv' : `synthetic-ratings-of-${movies}.csv`);
  const shape = { movies, users: Math.ceil(share * MOVIELENS_32M.users), ratings: Math.ceil(share * MOVIELENS_32M.ratings) };
  await generatedRatings(ratings, { ...shape, seed: SEED });
  const catalog = await generatedCatalog(movies);
  const figures = await measureTraining(catalog, ratings, join(FOLDER, 'artifacts-training'), dimensions);
  const all = { name: 'all', seconds: figures.seconds, cpuSeconds: figures.cpuSeconds, peakMegabytes: figures.peakMegabytes };
  const rows = [...figures.steps, all].map(({ name, seconds, cpuSeconds, peakMegabytes }) => [
    name,
    seconds.toFixed(1),
    cpuSeconds.toFixed(1),
    peakMegabytes.toFixed(0),
  ]);
  const table = aligned([['step', 's', 'processor s', 'peak MB'], ...rows]);
  const text = `${machine()}\n\n${table}\n\n${figures.version}, ${figures.artifactsMegabytes.toFixed(1)} MB\n`;
  process.stdout.write(asJson ? `${JSON.stringify({ machine: machine(), ...figures }, null, 2)}\n` : text);
  record(trainingFigures(figures));
}

async function generatedCatalog(movies: number): Promise<string> {
  const path = join(FOLDER, `synthetic-${movies}.csv`);
  if (!existsSync(path)) await writeGeneratedCatalog(path, movies, SEED);
  return path;
}

function machine(): string {
  return `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

function tableOf(measured: readonly Measured[], peer: PeerFigures | undefined): string {
  const rows: string[][] = [
    ['', ...measured.map(({ movies }) => `${movies.toLocaleString('en')} movies`), ...(peer === undefined ? [] : ['reference system'])],
  ];
  const add = (name: string, ours: (m: Measured) => string, theirs = ''): void => {
    rows.push([name, ...measured.map(ours), ...(peer === undefined ? [] : [theirs])]);
  };
  add('train, s', (m) => (m.trainSeconds ?? Number.NaN).toFixed(1), peer?.trainSeconds.toFixed(1));
  add('artifacts, MB', (m) => m.artifactsMegabytes.toFixed(1));
  add('start to ready, s', (m) => m.readySeconds.toFixed(2), peer?.loadSeconds.toFixed(2));
  add('server memory, MB', (m) => m.serverMegabytes.toFixed(0));
  for (const name of Object.keys(measured[0].inProcess)) {
    const theirs = name === 'request' && peer !== undefined ? `${peer.p50.toFixed(2)} / ${peer.p99.toFixed(2)}` : '';
    add(`${name}, ms p50 / p99`, ({ inProcess }) => `${inProcess[name].p50.toFixed(2)} / ${inProcess[name].p99.toFixed(2)}`, theirs);
  }
  add('request, movies of 20', ({ inProcess }) => inProcess.request.meanReturned.toFixed(1), peer?.meanReturned.toFixed(1));
  add('over HTTP, ms p50 / p99', ({ http }) => `${http.p50.toFixed(2)} / ${http.p99.toFixed(2)}`);
  return `${machine()}\n\n${aligned(rows)}\n`;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
