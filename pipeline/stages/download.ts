import { mkdir } from 'node:fs/promises';
import { parseArguments, wholeNumber } from '../cli/arguments.ts';
import { usageError } from '../cli/cli-error.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { ensureDataset } from '../sources/movielens/dataset.ts';
import { fetchMetadata } from '../sources/tmdb/metadata.ts';

export const help = `download: fetch MovieLens and TMDb data into a folder.

Usage: npm run pipeline -- download --raw DIR [OPTIONS]

  --raw DIR              where to put ml-*/, tmdb/ and providers/
  --dataset NAME         ml-32m, ml-25m, ml-latest, ml-latest-small, ... (default ml-32m)
  --tmdb-key KEY         a TMDb API key or read access token; better given as the variable TMDB_API_KEY, which
                         other users of the machine cannot see; without one only MovieLens is fetched
  --region CODE          the country whose streaming services and certifications are taken (default US)
  --limit N              only the N lowest TMDb ids, to try things out
  --rate N               requests a second at most (default 40)
  --movielens-url URL    default https://files.grouplens.org/datasets/movielens
  --tmdb-url URL         default https://api.themoviedb.org
  --force                fetch even what is there

A run that was stopped goes on where it stopped. The data is under its owners' terms: MovieLens for research and not for sale
(cite Harper and Konstan 2015), TMDb with attribution.
`;

export async function run(args: string[], effects: PipelineContext): Promise<void> {
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
  const region = (values.region ?? 'US').toUpperCase();
  if (!/^[A-Z]{2}$/.test(region)) throw usageError(`download: --region takes a country's two letters, not "${values.region}"`);
  const movielensUrl = webAddress('movielens-url', values['movielens-url'] ?? 'https://files.grouplens.org/datasets/movielens');
  const tmdbUrl = webAddress('tmdb-url', values['tmdb-url'] ?? 'https://api.themoviedb.org');
  const limit = wholeNumber('download', 'limit', values.limit, 1, 10_000_000);
  const rate = wholeNumber('download', 'rate', values.rate, 1, 1000) ?? 40;
  const key = values['tmdb-key'] ?? effects.tmdbKey;
  await mkdir(raw, { recursive: true });
  await ensureDataset({ raw, dataset, movielensUrl, force }, effects);
  if (key === undefined) {
    effects.log('no TMDb key (--tmdb-key or TMDB_API_KEY): MovieLens only, without overviews, runtimes, people and services');
    return;
  }
  await fetchMetadata({ raw, dataset, region, key, tmdbUrl, rate, limit, force }, effects);
}

function webAddress(option: string, value: string): string {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) throw usageError(`download: --${option} takes an http(s) address, not "${value}"`);
  return value;
}
