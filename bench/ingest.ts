import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { defaultContext } from '../pipeline/cli/pipeline-context.ts';
import { likesOf } from '../pipeline/data/likes.ts';
import { readRatings } from '../pipeline/data/ratings.ts';
import { type RatingsShape, writeGeneratedRatings } from './generated-ratings.ts';

export interface IngestFigures {
  ratings: number;
  likes: number;
  seconds: number;
  cpuSeconds: number;
  /** Largest resident set of this process, which has done nothing else of size. */
  peakMegabytes: number;
}

/** Writes the synthetic ratings unless they are there already. */
export async function generatedRatings(path: string, shape: RatingsShape): Promise<void> {
  if (existsSync(path)) return;
  await writeGeneratedRatings(`${path}.tmp`, shape);
  await rename(`${path}.tmp`, path);
}

/** From the file to likes by user in memory. */
export async function measureIngest(path: string): Promise<IngestFigures> {
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const read = await readRatings(path, undefined, defaultContext());
  const likes = likesOf(read);
  const { user, system } = process.cpuUsage(cpu);
  return {
    ratings: read.rows.length,
    likes: likes.rows.length,
    seconds: (performance.now() - begun) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
  };
}
