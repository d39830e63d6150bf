import { z } from 'zod';
import { CliError } from '../../cli/cli-error.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { dayOf } from './availability-file.ts';
import type { TmdbClient } from './client.ts';

/** TMDb gives no page after this one. */
const MAX_PAGES = 500;
const PARALLEL_REQUESTS = 10;
const DAY = 86_400_000;

const page = z.object({
  total_pages: z.number(),
  results: z.array(z.object({ id: z.int().positive(), adult: z.boolean().nullish() })),
});

export interface DiscoverOptions {
  /** First and last day of the release. */
  readonly from: Date;
  readonly to: Date;
  readonly minVotes: number;
}

/** Ids of the movies that were released in a time and have the votes, without those for adults. A time with too many pages is halved. */
export async function discoverMovies(
  { from, to, minVotes }: DiscoverOptions,
  client: TmdbClient,
  context: PipelineContext,
): Promise<Set<number>> {
  const ids = new Set<number>();
  const task = context.progress.start({ label: 'TMDb discover', unit: 'pages' });
  let pages = 0;
  const ask = async (first: Date, last: Date, number: number): Promise<z.infer<typeof page>> => {
    const answer = await client.get('discover/movie', {
      include_adult: 'false',
      include_video: 'false',
      sort_by: 'primary_release_date.asc',
      'primary_release_date.gte': dayOf(first),
      'primary_release_date.lte': dayOf(last),
      'vote_count.gte': String(minVotes),
      page: String(number),
    });
    const parsed = page.safeParse(answer.kind === 'found' ? answer.body : undefined);
    if (!parsed.success) throw new CliError('TMDb has no usable answer to /discover/movie; check --tmdb-url');
    for (const { id, adult } of parsed.data.results) if (adult !== true) ids.add(id);
    task.update(++pages);
    return parsed.data;
  };
  const discover = async (first: Date, last: Date): Promise<void> => {
    const { total_pages: total } = await ask(first, last, 1);
    const days = Math.round((last.getTime() - first.getTime()) / DAY);
    if (total > MAX_PAGES && days > 0) {
      const middle = new Date(first.getTime() + Math.floor(days / 2) * DAY);
      await discover(first, middle);
      return discover(new Date(middle.getTime() + DAY), last);
    }
    if (total > MAX_PAGES) context.log(`  ${dayOf(first)} has more movies than TMDb lists: the first ${MAX_PAGES} pages are taken`);
    let next = 2;
    const work = async (): Promise<void> => {
      for (let number = next++; number <= Math.min(total, MAX_PAGES); number = next++) await ask(first, last, number);
    };
    await Promise.all(Array.from({ length: PARALLEL_REQUESTS }, work));
  };
  try {
    await discover(from, to);
  } finally {
    task.end();
  }
  return ids;
}
