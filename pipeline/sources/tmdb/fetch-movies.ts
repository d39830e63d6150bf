import { CliError } from '../../cli/cli-error.ts';
import { formatCount } from '../../cli/format.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import type { Regions } from '../../cli/region.ts';
import { TransientError } from '../../cli/retry.ts';
import { type TmdbClient, UnusableAnswer } from './client.ts';
import type { Journal } from './journal.ts';
import { toRecord } from './record.ts';

export interface FailedMovie {
  readonly id: number;
  readonly reason: string;
}

const PARALLEL_REQUESTS = 10;
/** When this many movies in a row fail after all attempts, TMDb is down and the run stops. */
const MAX_FAILURES_IN_A_ROW = 20;

/** Movies that are not in the journal after a run, in ascending order of their ids. */
export interface MissedMovies {
  /** All attempts failed. Another run may succeed. */
  readonly failed: readonly FailedMovie[];
  /** The answer cannot be used. Another run would get it again. */
  readonly unusable: readonly FailedMovie[];
}

/** Fetches all ids that are not in the journal, several at a time. */
export async function fetchMovies(
  ids: readonly number[],
  client: TmdbClient,
  journal: Journal,
  { region, regions }: { readonly region: string; readonly regions: Regions },
  context: PipelineContext,
): Promise<MissedMovies> {
  const waiting = ids.filter((id) => !journal.entries.has(id));
  const before = ids.length - waiting.length;
  if (before > 0) context.log(`  ${formatCount(before)} of ${formatCount(ids.length)} were fetched by an earlier run`);
  const task = context.progress.start({ label: 'TMDb', unit: 'movies', total: ids.length, startAt: before });
  const failed: FailedMovie[] = [];
  const unusable: FailedMovie[] = [];
  let next = 0;
  let done = before;
  let failedInARow = 0;
  let stopped = false;

  async function fetchOne(id: number): Promise<void> {
    try {
      const answer = await client.movie(id);
      await journal.append(answer.kind === 'gone' ? { id } : { id, ...toRecord(id, answer.body, region, regions) });
      failedInARow = 0;
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof TransientError || error instanceof UnusableAnswer)) throw error;
      (error instanceof TransientError ? failed : unusable).push({ id, reason: error.message });
      failedInARow = error instanceof TransientError ? failedInARow + 1 : 0;
      if (failedInARow >= MAX_FAILURES_IN_A_ROW) {
        throw new CliError(
          `TMDb does not respond (${error.message}, ${MAX_FAILURES_IN_A_ROW} movies in a row); run again later to continue`,
        );
      }
    }
    done++;
    const missed = failed.length + unusable.length;
    task.update(done, missed > 0 ? `${formatCount(missed)} failed` : undefined);
  }

  async function work(): Promise<void> {
    while (!stopped) {
      const id = waiting[next++];
      if (id === undefined) return;
      try {
        await fetchOne(id);
      } catch (error) {
        stopped = true;
        throw error;
      }
    }
  }

  // Waits for all, so that no write is in progress when the first error is thrown.
  const outcomes = await Promise.allSettled(Array.from({ length: PARALLEL_REQUESTS }, work));
  task.end();
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  const byId = (a: FailedMovie, b: FailedMovie) => a.id - b.id;
  return { failed: failed.sort(byId), unusable: unusable.sort(byId) };
}
