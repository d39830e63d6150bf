import { z } from 'zod';
import { CliError } from '../../cli/cli-error.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { dayOf } from './availability-file.ts';
import type { TmdbClient } from './client.ts';

/** TMDb answers for at most 14 days at once. */
const MAX_DAYS = 14;
const MAX_PAGES = 1000;
const DAY = 86_400_000;

const page = z.object({ total_pages: z.number().default(1), results: z.array(z.object({ id: z.int().positive().nullish() })) });

/** Ids of the movies that TMDb says changed from one day to another, both included. */
export async function changedMovies(from: Date, to: Date, client: TmdbClient, context: PipelineContext): Promise<Set<number>> {
  const ids = new Set<number>();
  const task = context.progress.start({ label: 'TMDb changes', unit: 'pages' });
  let pages = 0;
  for (let start = from.getTime(); start <= to.getTime(); start += MAX_DAYS * DAY) {
    const end = Math.min(start + (MAX_DAYS - 1) * DAY, to.getTime());
    let total = 1;
    for (let number = 1; number <= Math.min(total, MAX_PAGES); number++) {
      const answer = await client.get('movie/changes', {
        start_date: dayOf(new Date(start)),
        end_date: dayOf(new Date(end)),
        page: String(number),
      });
      const parsed = page.safeParse(answer.kind === 'found' ? answer.body : undefined);
      if (!parsed.success) throw new CliError('TMDb has no usable answer to /movie/changes; check --tmdb-url');
      for (const { id } of parsed.data.results) if (id) ids.add(id);
      total = parsed.data.total_pages;
      task.update(++pages);
    }
  }
  task.end();
  return ids;
}
