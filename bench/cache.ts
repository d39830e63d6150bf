import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { seeded } from '../pipeline/data/random.ts';
import { Catalog } from '../src/catalog/catalog.ts';
import { Filters } from '../src/catalog/filters.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { type Mode, type Ranking, Recommender } from '../src/engine/recommender/recommender.ts';
import { RankingEntry } from '../src/recommendations/cache/ranking-entry.ts';

const help = `Measures what the cache of rankings saves: node bench/cache.ts [--artifacts DIR] [--redis URL] [--requests N]

Each line is one kind of wish: a page of 20 computed; the head of 200 computed and packed, once an entry; a page from the entry in
process; a page from Redis, over one connection, one after the other (npm run redis starts one). The machine should have nothing else
to do.
`;

const PAGE = 20;
const DEPTH = 200;
const SHAPES: [name: string, likes: number, genres: number, mode: Mode][] = [
  ['5 likes', 5, 0, 'FOR_YOU'],
  ['5 likes, 2 genres', 5, 2, 'FOR_YOU'],
  ['20 likes', 20, 0, 'FOR_YOU'],
  ['no taste', 0, 0, 'FOR_YOU'],
  ['diverse, 5 likes', 5, 0, 'DIVERSE'],
];

const { values } = parseArgs({
  options: {
    artifacts: { type: 'string', default: 'artifacts' },
    redis: { type: 'string', default: 'redis://127.0.0.1:6379' },
    requests: { type: 'string', default: '300' },
    help: { type: 'boolean', default: false },
  },
});

async function measure(): Promise<void> {
  const pointer = await readPointer(values.artifacts);
  if (pointer === null) throw new Error(`nothing is published in ${values.artifacts}`);
  const set = await openRelease(versionDirectory(values.artifacts, pointer.version));
  const catalog = Catalog.fromRelease(set);
  const filters = Filters.of(catalog.columns);
  const recommender = Recommender.fromRelease(set);
  const redis = new Redis(values.redis, { maxRetriesPerRequest: 0 });
  const random = seeded(1);
  const some = (count: number, below: number): number[] =>
    [...new Set(Array.from({ length: count }, () => Math.floor(random() * below)))].sort((a, b) => a - b);
  const rows = [['p50 / p99, ms', 'page computed', 'entry computed', 'from memory', 'from Redis', 'entry, KB']];
  for (const [name, likes, genreCount, mode] of SHAPES) {
    const times: number[][] = [[], [], [], []];
    let bytes = 0;
    for (let n = -100; n < Number(values.requests); n++) {
      const liked = some(likes, catalog.size);
      const genres = some(genreCount, catalog.columns.genres.names.length);
      const compute = (limit: number): Ranking => {
        const candidates = filters.candidates({ genres, genreMatch: 'ANY', services: [], languages: [] }, liked);
        return recommender.recommend({ profile: { liked, disliked: [], genres }, mode, candidates, offset: 0, limit });
      };
      const begun = performance.now();
      compute(PAGE);
      const paged = performance.now();
      const entry = RankingEntry.of(compute(DEPTH));
      const packed = performance.now();
      entry.page(0, PAGE);
      const read = performance.now();
      await redis.set('bench', entry.bytes);
      const sent = performance.now();
      const bytesBack = await redis.getBuffer('bench');
      if (bytesBack !== null) RankingEntry.from(bytesBack)?.page(0, PAGE);
      const fetched = performance.now();
      if (n < 0) continue;
      [paged - begun, packed - paged, read - packed, fetched - sent].forEach((ms, column) => {
        times[column].push(ms);
      });
      bytes += entry.bytes.length;
    }
    rows.push([name, ...times.map(quantiles), (bytes / Number(values.requests) / 1_000).toFixed(1)]);
  }
  await redis.quit();
  process.stdout.write(`${catalog.size} movies\n\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
}

function quantiles(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  return [0.5, 0.99].map((share) => sorted[Math.floor(share * sorted.length)].toFixed(3)).join(' / ');
}

if (values.help) process.stdout.write(help);
else await measure();
