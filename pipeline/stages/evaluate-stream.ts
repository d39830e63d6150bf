import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../cli/cli-error.ts';
import { formatCount } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { silentProgress } from '../cli/progress.ts';
import { writeAtomically } from '../cli/stage.ts';
import { readCatalog } from '../data/catalog-csv.ts';
import { likesOf } from '../data/likes.ts';
import { readRatings } from '../data/ratings.ts';
import { freshnessTable, measureFreshness, questionsOf } from '../evaluation/stream.ts';
import { readFeatureConfig } from '../training/feature-config-file.ts';
import { readRatingsModelsConfig } from '../training/ratings-models-config.ts';
import { streamStrategies } from '../training/stream-strategies.ts';

export interface StreamEvaluation {
  ratings: string;
  scale: number | undefined;
  /** A merged catalog, to measure the hybrid too. */
  catalog: string | undefined;
  /** Undefined: so that the stream ends with the ratings. */
  from: Date | undefined;
  days: number;
  maxMovies: number;
  seed: number;
  out: string | undefined;
}

const DAY = 24 * 3_600;
/** A model of fewer movies takes less time than starting threads for it. */
const WORTH_THREADS = 300;

/** Logs what fresh models are worth on a stream of likes. */
export async function evaluateStream(
  { ratings, scale, days, maxMovies, seed, out, ...options }: StreamEvaluation,
  context: PipelineContext,
): Promise<void> {
  const catalog = options.catalog === undefined ? undefined : await readCatalog(options.catalog, context);
  const movieIds = catalog?.map(({ movieId }) => movieId);
  const read = await readRatings(ratings, movieIds, context, scale);
  const likes = likesOf(read);
  const movies = read.movieIds.length;
  const end = likes.times?.reduce((latest, time) => Math.max(latest, time), 0) ?? 0;
  const from = options.from === undefined ? end + 1 - days * DAY : options.from.getTime() / 1_000;
  const to = from + days * DAY;
  const questions = questionsOf(likes, from, to);
  if (questions.length === 0)
    throw new CliError(`evaluate: nobody likes anything more in the ${days} days from ${dayOf(from)}; name others by --from and --days`);
  context.log(
    `${dayOf(from)}, ${days} days: ${formatCount(questions.length)} questions of ${formatCount(new Set(questions.map(({ userId }) => userId)).size)} people for their next likes`,
  );
  const hyper = await readRatingsModelsConfig();
  const ease = { ...hyper.ease, maxMovies };
  const hybrid = catalog && {
    catalog,
    config: await readFeatureConfig('default'),
    hyper: { ...hyper, ease, sparseProfileEase: { ...hyper.sparseProfileEase, maxMovies } },
  };
  const threads = Math.min(movies, maxMovies) < WORTH_THREADS ? 0 : availableParallelism();
  const run = { threads, progress: silentProgress, signal: context.signal };
  const strategies = streamStrategies({ likes, movies, from, to, ease, hybrid, run });
  const task = context.progress.start({ label: 'stream', total: strategies.length * questions.length, unit: 'questions' });
  const progress = (done: number): void => {
    task.update(done);
    context.signal.throwIfAborted();
  };
  let table: string;
  try {
    table = freshnessTable(await measureFreshness(strategies, questions, movies, seed, cpuSeconds, progress));
  } finally {
    task.end();
  }
  context.log(table);
  if (out === undefined) return;
  await mkdir(out, { recursive: true });
  await writeAtomically(join(out, 'stream.md'), `${table}\n`);
  context.log(join(out, 'stream.md'));
}

function dayOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 10);
}

/** Processor time of this process and its threads. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
