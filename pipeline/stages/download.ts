import { mkdir } from 'node:fs/promises';
import { parseArguments, wholeNumber } from '../cli/arguments.ts';
import { usageError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { regionCode } from '../cli/region.ts';
import { ensureDataset } from '../sources/movielens/dataset.ts';
import { fetchMetadata } from '../sources/tmdb/metadata.ts';

export const help = `download: downloads MovieLens and TMDb data into a folder

Usage: npm run pipeline -- download --raw DIR [OPTIONS]

  --raw DIR              folder for ml-*/, tmdb/ and providers/
  --dataset NAME         ml-32m, ml-25m, ml-latest, ml-latest-small, ... (default ml-32m)
  --tmdb-key KEY         a TMDb API key or read access token. Prefer the variable TMDB_API_KEY: other users of the
                         machine can see command lines. Without a key only MovieLens is downloaded
  --region CODE          country of the streaming services and certifications (default US)
  --limit N              only the N lowest TMDb ids, for a trial
  --rate N               maximum requests per second (default 40)
  --movielens-url URL    default https://files.grouplens.org/datasets/movielens
  --tmdb-url URL         default https://api.themoviedb.org
  --force                download again what exists

An interrupted run continues where it stopped. The data has its owners' terms: MovieLens is for research and not for sale
(cite Harper and Konstan 2015), TMDb needs attribution.
`;

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('download', args, {
    raw: { type: 'string', required: true },
    dataset: { type: 'string' },
    'tmdb-key': { type: 'string' },
    region: { type: 'string' },
    limit: { type: 'string' },
    rate: { type: 'string' },
    'movielens-url': { type: 'string' },
    'tmdb-url': { type: 'string' },
    force: { type: 'boolean' },
  });
  const { raw, dataset = 'ml-32m', force } = values;
  const region = regionCode('download', values.region) ?? 'US';
  const movielensUrl = webAddress('movielens-url', values['movielens-url'] ?? 'https://files.grouplens.org/datasets/movielens');
  const tmdbUrl = webAddress('tmdb-url', values['tmdb-url'] ?? 'https://api.themoviedb.org');
  const limit = wholeNumber('download', 'limit', values.limit, 1, 10_000_000);
  const rate = wholeNumber('download', 'rate', values.rate, 1, 1000) ?? 40;
  const key = values['tmdb-key'] ?? context.tmdbKey;
  await mkdir(raw, { recursive: true });
  await ensureDataset({ raw, dataset, movielensUrl, force }, context);
  if (key === undefined) {
    context.log('no TMDb key (--tmdb-key or TMDB_API_KEY): MovieLens only, no overviews, runtimes, people or services');
    return;
  }
  await fetchMetadata({ raw, dataset, region, key, tmdbUrl, rate, limit, force }, context);
}

function webAddress(option: string, value: string): string {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) throw usageError(`download: --${option} takes an http(s) URL, not "${value}"`);
  return value;
}
