import { parseArguments, ratingScale, wholeNumber } from '../cli/arguments.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { regionCode, regionCodes } from '../cli/region.ts';
import { mergeCatalog } from '../merge/merge-catalog.ts';

export const help = `merge: raw files -> one catalog (CSV), one movie per line

Usage: npm run pipeline -- merge --raw DIR --out FILE [OPTIONS]

  --raw DIR            folder of ml-*/movies.csv, links.csv and ratings.csv and, optionally, of tmdb/tmdb_metadata.csv and
                       providers/providers.csv (each may be gzipped)
  --out FILE           the CSV file to write
  --dataset NAME       the data set, when there are several (ml-32m)
  --ratings FILE       ratings (userId, movieId, rating) or statistics (movieId, mean, count); CSV, CSV.gz or Parquet
  --min-year YEAR      keep movies from this year on; 0 keeps all, also movies without a year (default 1930, and movies of any
                       year and without genres that the ratings have likes for)
  --require-overview   keep only movies with an overview
  --require-tmdb       keep only movies with a TMDb record of their own
  --adult              keep also movies that TMDb marks as for adults only
  --min-ratings N      keep only movies with at least N ratings
  --scale N            the highest rating of the ratings file; it counts as 5 stars (default 5)
  --region CODE        country whose subscriptions are the services of a film (default US)
  --regions A,B        countries whose offers are kept, beside that of --region (default all)
  --force              merge even when nothing has changed
`;

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('merge', args, {
    raw: { type: 'string', required: true },
    out: { type: 'string', required: true },
    dataset: { type: 'string' },
    ratings: { type: 'string' },
    'min-year': { type: 'string' },
    'require-overview': { type: 'boolean' },
    'require-tmdb': { type: 'boolean' },
    adult: { type: 'boolean' },
    'min-ratings': { type: 'string' },
    scale: { type: 'string' },
    region: { type: 'string' },
    regions: { type: 'string' },
    force: { type: 'boolean' },
  });
  await mergeCatalog(
    {
      raw: values.raw,
      out: values.out,
      dataset: values.dataset,
      ratings: values.ratings,
      minYear: wholeNumber('merge', 'min-year', values['min-year'], 0, 9999),
      requireOverview: values['require-overview'],
      requireTmdb: values['require-tmdb'],
      adult: values.adult,
      minRatings: wholeNumber('merge', 'min-ratings', values['min-ratings'], 0, 1_000_000_000),
      scale: ratingScale('merge', values.scale),
      region: regionCode('merge', values.region),
      regions: regionCodes('merge', values.regions),
      force: values.force,
    },
    context,
  );
}
