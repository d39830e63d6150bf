import { readFileSync } from 'node:fs';
import { seeded } from '../pipeline/data/random.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { openSnapshot, type Snapshot } from '../src/recommendations/snapshot.ts';
import { quantile } from './quantiles.ts';

const ROUNDS = 5;
const LIMIT = 10;
const TITLES = 300;
/** Letters of a query that is still being typed. */
const TYPED = [2, 3, 4, 6];
const MIN_MISSPELT_WORD = 5;

export interface SearchFigures {
  movies: number;
  kinds: SearchKind[];
}

export interface SearchKind {
  name: string;
  queries: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  slowest: number;
  slowestQuery: string;
}

/**
 * Title searches in process, in all movies of the current version: the queries of test/search-queries.tsv, titles of the catalog, and both
 * while they are typed and with an error. Of each query the fastest of several rounds counts: another program took the processor in the others.
 */
export async function measureSearches(artifacts: string): Promise<SearchFigures> {
  const pointer = await readPointer(artifacts);
  if (pointer === null) throw new Error(`${artifacts} has no current release`);
  const snapshot = await openSnapshot(await openRelease(versionDirectory(artifacts, pointer.version)));
  const { catalog } = snapshot;
  const random = seeded(1);
  const titles = Array.from({ length: TITLES }, () => catalog.columns.titles.get(Math.floor(random() * catalog.size)));
  const meant = readFileSync(new URL('../test/search-queries.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t', 1)[0]);
  const all = [...meant, ...titles];
  const kinds: Record<string, readonly string[]> = {
    'queries of the test': meant,
    'titles of the catalog': titles,
    'still being typed': all.flatMap((text) => TYPED.filter((length) => length < text.length).map((length) => text.slice(0, length))),
    'with an error in each word': all.map(misspelt),
  };
  const measured: SearchKind[] = [];
  for (const [name, queries] of Object.entries(kinds))
    measured.push({ name, queries: queries.length, ...(await timed(snapshot, queries)) });
  return { movies: catalog.size, kinds: measured };
}

async function timed(
  { filters, search }: Snapshot,
  queries: readonly string[],
): Promise<Pick<SearchKind, 'p50' | 'p99' | 'slowest' | 'slowestQuery'>> {
  const everything = filters.candidates({ genres: [], genreMatch: 'ANY', services: [], languages: [] });
  const fastest = queries.map((text) => ({ text, elapsed: Number.POSITIVE_INFINITY }));
  for (let round = 0; round < ROUNDS; round++)
    for (const query of fastest) {
      const begun = performance.now();
      await search.search(query.text, everything, 0, LIMIT);
      query.elapsed = Math.min(query.elapsed, performance.now() - begun);
    }
  const times = fastest.map(({ elapsed }) => elapsed);
  const slowest = Math.max(...times);
  const slowestQuery = fastest[times.indexOf(slowest)].text;
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), slowest, slowestQuery };
}

/** Without the third letter of each long word. */
function misspelt(text: string): string {
  return text
    .split(' ')
    .map((word) => (word.length < MIN_MISSPELT_WORD ? word : word.slice(0, 2) + word.slice(3)))
    .join(' ');
}
