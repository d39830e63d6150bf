import { HNSW } from 'hnsw';
import { seeded } from '../pipeline/data/random.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { readHybridModel } from '../src/engine/recommender/hybrid/hybrid-model.ts';
import { aligned } from './markdown-table.ts';

const QUERIES = 100;
const MAX_LIKES = 20;
/** Likes are of so many of the most popular movies. */
const WELL_KNOWN = 1000;
const WANTED = 100;
/** Links of a node, and candidates while the graph is built and searched: the usual values, and larger ones. */
const LINKS = 16;
const BUILD_CANDIDATES = 100;
const SEARCH_CANDIDATES = [100, 200, 400, 800];

/**
 * An index (HNSW, Malkov and Yashunin 2020) over the movies' vectors beside a scan of all of them, for the factor term alone: no index can
 * hold the other terms. Both look for the 100 largest dot products with a viewer's vector. Returns a table of recall and processor time.
 *
 * The index knows cosines. A further entry √(max |v|² - |v|²) makes all vectors as long, so that the order by cosine is that by dot product
 * (Bachrach et al. 2014).
 *
 * Of a release with more than `limit` movies the index holds every n-th, and the scan of all vectors is measured too.
 */
export async function measureIndex(artifacts: string, limit: number): Promise<string> {
  const pointer = await readPointer(artifacts);
  if (pointer === null) throw new Error(`${artifacts} has no current release`);
  const model = readHybridModel(await openRelease(versionDirectory(artifacts, pointer.version)));
  if (model === undefined) throw new Error(`${pointer.version} has no ratings models`);
  const { factors, popularity } = model;
  const everyRow = Uint32Array.from({ length: factors.movies }, (_, row) => row);
  const step = Math.ceil(factors.movies / limit);
  const rows = everyRow.filter((row) => row % step === 0);
  const vectors = equallyLong(Array.from(rows, (row) => vectorOf(row)));
  function vectorOf(row: number): Float32Array {
    const vector = new Float32Array(factors.foldIn.dimensions);
    factors.writeVector(row, vector);
    return vector;
  }
  const started = process.cpuUsage();
  const index = new HNSW(LINKS, BUILD_CANDIDATES, factors.foldIn.dimensions + 1, 'cosine');
  await index.buildIndex(vectors.map((vector, n) => ({ id: rows[n], vector })));
  const buildSeconds = process.cpuUsage(started).user / 1e6;
  const known = everyRow.slice().sort((a, b) => popularity[b] - popularity[a] || a - b);
  const random = seeded(1);
  const viewers = Array.from({ length: QUERIES }, () => {
    const likes = new Set<number>();
    for (let n = 0; n < MAX_LIKES; n++) likes.add(known[Math.floor(random() * Math.min(WELL_KNOWN, known.length))]);
    return factors.fold(Uint32Array.from(likes)).vector;
  });
  const scores = new Float64Array(factors.movies);
  const exact = viewers.map((viewer) => {
    factors.addDots(viewer, rows, scores.fill(0));
    return new Set(
      rows
        .slice()
        .sort((a, b) => scores[b] - scores[a])
        .subarray(0, WANTED),
    );
  });
  const table = [
    ['', 'of the best 100 found', 'processor ms'],
    ...(step === 1
      ? []
      : [['all vectors of the release', '', milliseconds(viewers, (viewer) => factors.addDots(viewer, everyRow, scores))]]),
    ['all vectors', '1.000', milliseconds(viewers, (viewer) => factors.addDots(viewer, rows, scores))],
    ...SEARCH_CANDIDATES.map((efSearch) => {
      let found = 0;
      const time = milliseconds(viewers, (viewer, n) => {
        const query = Float32Array.of(...viewer, 0);
        for (const { id } of index.searchKNN(query, WANTED, { efSearch })) if (exact[n].has(id)) found++;
      });
      return [`HNSW, ${efSearch} candidates`, (Math.trunc((1000 * found) / (QUERIES * WANTED)) / 1000).toFixed(3), time];
    }),
  ];
  return `${rows.length.toLocaleString('en')} of ${factors.movies.toLocaleString('en')} movies, ${factors.foldIn.dimensions} numbers each; the index was built in ${buildSeconds.toFixed(0)} s of processor time\n\n${aligned(table)}`;
}

function equallyLong(vectors: readonly Float32Array[]): Float32Array[] {
  const squares = vectors.map((vector) => vector.reduce((sum, value) => sum + value * value, 0));
  const longest = squares.reduce((a, b) => Math.max(a, b), 0);
  return vectors.map((vector, n) => Float32Array.of(...vector, Math.sqrt(longest - squares[n])));
}

function milliseconds(viewers: readonly Float64Array[], search: (viewer: Float64Array, n: number) => void): string {
  const started = process.cpuUsage();
  viewers.forEach(search);
  return (process.cpuUsage(started).user / 1e3 / viewers.length).toFixed(2);
}
