import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defaultContext } from '../pipeline/cli/pipeline-context.ts';
import { readCatalog } from '../pipeline/data/catalog-csv.ts';

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
  const python = (script: string, ...args: string[]) =>
    promisify(execFile)('/usr/bin/python3', [join(directory, script), ...args], { maxBuffer: 1 << 26 });
  try {
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
    await python('train.py', csv, join(folder, 'out'));
    const trainSeconds = (performance.now() - begun) / 1000;
    const { stdout } = await python('recommend.py', join(folder, 'out'), String(requests));
    const found: { load_s: number; p50_ms: number; p99_ms: number; mean_returned_of_20: number } = JSON.parse(stdout);
    return { trainSeconds, loadSeconds: found.load_s, p50: found.p50_ms, p99: found.p99_ms, meanReturned: found.mean_returned_of_20 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
