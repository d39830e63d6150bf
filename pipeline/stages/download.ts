import { mkdir } from 'node:fs/promises';
import { day, numberFromZero, parseArguments, type Values, wholeNumber } from '../cli/arguments.ts';
import { usageError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { regionCode, regionCodes } from '../cli/region.ts';
import { ensureDataset } from '../sources/movielens/dataset.ts';
import { fetchMetadata } from '../sources/tmdb/metadata.ts';
import { fetchNewMovies } from '../sources/tmdb/new-movies.ts';

export const help = `download: downloads MovieLens and TMDb data into a folder

Usage: npm run pipeline -- download --raw DIR [OPTIONS]

  --raw DIR              folder for ml-*/, tmdb/ and providers/
  --dataset NAME         ml-32m, ml-25m, ml-latest, ml-latest-small, ... (default ml-32m)
  --tmdb-key KEY         a TMDb API key or read access token. Prefer the variable TMDB_API_KEY: other users of the
                         machine can see command lines. Without a key only MovieLens is downloaded
  --region CODE          country of the certifications (default US)
  --regions A,B          countries where it is looked up who shows a film, or all (default: that of --region)
  --new-films            also fetches the films that the data set does not have, and what changed since the last run
  --since DATE           with --new-films: films released on this day or later (default: of all years)
  --min-votes N          with --new-films: films with at least N votes on TMDb (default 10)
  --min-popularity X     with --new-films: films with at least this popularity on TMDb (default 1)
  --limit N              only the N lowest TMDb ids, for a trial
  --rate N               maximum requests per second (default 40)
  --movielens-url URL    default https://files.grouplens.org/datasets/movielens
  --tmdb-url URL         default https://api.themoviedb.org
  --tmdb-export-url URL  TMDb's daily lists of ids (default https://files.tmdb.org/p/exports)
  --force                download again what exists

An interrupted run continues where it stopped. The data has its owners' terms: MovieLens is for research and not for sale
(cite Harper and Konstan 2015), TMDb needs attribution.
`;

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('download', args, {
    raw: { type: 'string', required: true },
    dataset: { type: 'string' },
    ...TMDB_OPTIONS,
    'new-films': { type: 'boolean' },
    limit: { type: 'string' },
    'movielens-url': { type: 'string' },
    force: { type: 'boolean' },
  });
  const { raw, dataset = 'ml-32m', force } = values;
  const { key, ...tmdb } = tmdbOptions('download', values, context);
  const withNewMovies = values['new-films'];
  for (const option of ['since', 'min-votes', 'min-popularity', 'tmdb-export-url'] as const) {
    if (values[option] !== undefined && !withNewMovies) throw usageError(`download: --${option} needs --new-films`);
  }
  const movielensUrl = movielensAddress('download', values['movielens-url']);
  const limit = wholeNumber('download', 'limit', values.limit, 1, 10_000_000);
  if (withNewMovies && key === undefined) throw usageError('download: --new-films needs a TMDb key; give --tmdb-key or set TMDB_API_KEY');
  await mkdir(raw, { recursive: true });
  await ensureDataset({ raw, dataset, movielensUrl, force }, context);
  if (key === undefined) {
    context.log('no TMDb key (--tmdb-key or TMDB_API_KEY): MovieLens only, no overviews, runtimes, people or services');
    return;
  }
  await fetchMetadata({ raw, dataset, key, limit, force, ...tmdb }, context);
  if (withNewMovies) await fetchNewMovies({ raw, dataset, key, force, ...tmdb }, context);
}

/** Options of everything that is fetched from TMDb. */
export const TMDB_OPTIONS = {
  'tmdb-key': { type: 'string' },
  region: { type: 'string' },
  regions: { type: 'string' },
  since: { type: 'string' },
  'min-votes': { type: 'string' },
  'min-popularity': { type: 'string' },
  rate: { type: 'string' },
  'tmdb-url': { type: 'string' },
  'tmdb-export-url': { type: 'string' },
} as const;

/** Checks the values of TMDB_OPTIONS. A usage error names the command and the option. */
export function tmdbOptions(command: string, values: Values<typeof TMDB_OPTIONS>, { tmdbKey }: PipelineContext) {
  const region = regionCode(command, values.region) ?? 'US';
  return {
    key: values['tmdb-key'] ?? tmdbKey,
    region,
    regions: regionCodes(command, values.regions) ?? [region],
    since: day(command, 'since', values.since),
    minVotes: wholeNumber(command, 'min-votes', values['min-votes'], 0, 1_000_000_000) ?? 10,
    minPopularity: numberFromZero(command, 'min-popularity', values['min-popularity']) ?? 1,
    rate: wholeNumber(command, 'rate', values.rate, 1, 1000) ?? 40,
    tmdbUrl: webAddress(command, 'tmdb-url', values['tmdb-url'] ?? 'https://api.themoviedb.org'),
    exportUrl: webAddress(command, 'tmdb-export-url', values['tmdb-export-url'] ?? 'https://files.tmdb.org/p/exports'),
  };
}

/** Where data sets of MovieLens are. */
export function movielensAddress(command: string, value: string | undefined): string {
  return webAddress(command, 'movielens-url', value ?? 'https://files.grouplens.org/datasets/movielens');
}

function webAddress(command: string, option: string, value: string): string {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) throw usageError(`${command}: --${option} takes an http(s) URL, not "${value}"`);
  return value;
}
