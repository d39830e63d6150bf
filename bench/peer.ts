import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { defaultContext } from '../pipeline/cli/pipeline-context.ts';
import { readCatalog } from '../pipeline/data/catalog-csv.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const PYTHON = '/usr/bin/python3';

export interface PeerFigures {
  trainSeconds: number;
  loadSeconds: number;
  p50: number;
  p99: number;
  meanReturned: number;
}

/**
 * The reference system on the same catalogue: `directory` holds its train.py and recommend.py, which need Python with scikit-learn and
 * pandas. Its requests are 5 random likes, 2 random genres and Netflix, as ours.
 */
export async function measurePeer(directory: string, catalog: string, requests: number): Promise<PeerFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-peer-'));
  try {
    const trainSeconds = await trainPeer(directory, catalog, folder);
    const stdout = await python(directory, 'recommend.py', join(folder, 'out'), String(requests));
    const found: { load_s: number; p50_ms: number; p99_ms: number; mean_returned_of_20: number } = JSON.parse(stdout);
    return { trainSeconds, loadSeconds: found.load_s, p50: found.p50_ms, p99: found.p99_ms, meanReturned: found.mean_returned_of_20 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The reference system behind HTTP. */
export interface PeerServer {
  server: ServerProcess;
  path: string;
  /** The same requests for the reference system; none for those that it cannot answer. */
  bodiesOf(bodies: readonly string[]): string[];
}

/** Trains the reference system and starts its HTTP server, which needs Python with FastAPI and uvicorn too. */
export async function startPeer(directory: string, catalog: string, processor: number | undefined): Promise<PeerServer> {
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-peer-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await trainPeer(directory, catalog, folder);
    const server = await startServer({
      command: PYTHON,
      args: ['-m', 'uvicorn', '--app-dir', resolve(directory), '--port', '{port}', '--log-level', 'error', '--no-access-log', 'serve:app'],
      env: { ARTIFACTS: join(folder, 'out'), PATH: '/usr/bin:/bin', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
      readyPath: '/health',
      processor,
    });
    return {
      server: { ...server, stop: () => server.stop().finally(remove) },
      path: '/api/recommendations',
      bodiesOf: (bodies) => bodies.flatMap(peerBody),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function peerBody(body: string): string[] {
  const { variables }: { variables?: { prefs?: { likedMovieIds: string[]; preferredGenres?: string[]; services?: string[] } } } =
    JSON.parse(body);
  if (variables?.prefs === undefined) return [];
  const { likedMovieIds, preferredGenres = [], services = [] } = variables.prefs;
  return [JSON.stringify({ liked_movie_ids: likedMovieIds.map(Number), preferred_genres: preferredGenres, services })];
}

/** Seconds that training takes. The artifacts are in `folder`/out. */
async function trainPeer(directory: string, catalog: string, folder: string): Promise<number> {
  const movies = await readCatalog(catalog, defaultContext());
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = movies.map((movie) =>
    [
      movie.movieId,
      quoted(movie.title),
      movie.year ?? 2000,
      movie.runtime ?? 100,
      quoted(movie.overview),
      quoted(movie.genres.join('|')),
      quoted(movie.services.join('|')),
    ].join(','),
  );
  const csv = join(folder, 'catalogue.csv');
  await writeFile(csv, `movieId,title,year,runtime,overview,genres,services\n${lines.join('\n')}\n`);
  const begun = performance.now();
  await python(directory, 'train.py', csv, join(folder, 'out'));
  return (performance.now() - begun) / 1000;
}

async function python(directory: string, script: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)(PYTHON, [join(directory, script), ...args], { maxBuffer: 1 << 26 })).stdout;
}
