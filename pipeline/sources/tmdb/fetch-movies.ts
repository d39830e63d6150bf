import { CliError } from '../../cli/cli-error.ts';
import { formatCount } from '../../cli/format.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { TransientError } from '../../cli/retry.ts';
import { type TmdbClient, UnusableAnswer } from './client.ts';
import type { Journal } from './journal.ts';
import { toRecord } from './record.ts';

export interface FailedMovie {
  readonly id: number;
  readonly reason: string;
}

const inFlight = 10;
// So many movies in a row that failed after all attempts mean that TMDb is away, not that the movies are.
const hopelessAfter = 20;

/** Fetches every id that the journal does not have yet, a few at a time. Returns the ones that failed; they are not in the journal. */
export async function fetchMovies(
  ids: readonly number[],
  client: TmdbClient,
  journal: Journal,
  region: string,
  effects: PipelineContext,
): Promise<FailedMovie[]> {
  const waiting = ids.filter((id) => !journal.entries.has(id));
  const before = ids.length - waiting.length;
  if (before > 0) effects.log(`  ${formatCount(before)} of ${formatCount(ids.length)} were fetched before`);
  const task = effects.progress.start({ label: 'TMDb', unit: 'movies', total: ids.length, startAt: before });
  const failed: FailedMovie[] = [];
  let next = 0;
  let done = before;
  let failedInARow = 0;
  let stopped = false;

  async function fetchOne(id: number): Promise<void> {
    try {
      const answer = await client.movie(id);
      await journal.append(answer.kind === 'gone' ? { id } : { id, ...toRecord(id, answer.body, region) });
      failedInARow = 0;
    } catch (error) {
      effects.signal.throwIfAborted();
      if (!(error instanceof TransientError || error instanceof UnusableAnswer)) throw error;
      failed.push({ id, reason: error.message });
      failedInARow = error instanceof TransientError ? failedInARow + 1 : 0;
      if (failedInARow >= hopelessAfter) {
        throw new CliError(`TMDb does not answer (${error.message}, ${hopelessAfter} movies in a row); run again later to go on`);
      }
    }
    done++;
    task.update(done, failed.length > 0 ? `${formatCount(failed.length)} failed` : undefined);
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

  // All settled, so that nothing is still being written when the first error goes up.
  const outcomes = await Promise.allSettled(Array.from({ length: inFlight }, work));
  task.end();
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return failed.sort((a, b) => a.id - b.id);
}
