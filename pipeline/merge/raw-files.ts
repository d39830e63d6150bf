import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CliError, hasCode } from '../cli/cli-error.ts';

export interface RawFiles {
  readonly dataset: string;
  readonly movies: string;
  readonly links: string | undefined;
  readonly ratings: string | undefined;
  readonly tmdb: string | undefined;
  /** TMDb records that were fetched again after the first download. */
  readonly changed: string | undefined;
  /** TMDb records of movies that the data set did not have. */
  readonly news: string | undefined;
  readonly providers: string | undefined;
  readonly availability: string | undefined;
  /** Movies that the owner has, as library writes them. */
  readonly mine: string | undefined;
}

export interface RawFileChoice {
  readonly raw: string;
  readonly dataset?: string | undefined;
  readonly ratings?: string | undefined;
}

/** Finds the files of a raw folder: a MovieLens data set, and the optional files of TMDb and the providers. */
export async function findRawFiles({ raw, dataset: named, ratings: namedRatings }: RawFileChoice): Promise<RawFiles> {
  const dataset = named ?? (await onlyDataset(raw));
  const folder = join(raw, dataset);
  const movies = await existing(join(folder, 'movies.csv'));
  if (movies === undefined) {
    const others = await datasetsIn(raw);
    const choice = others.length > 0 ? `--dataset can be ${others.join(' or ')}` : 'run "download" first or give another --raw';
    throw new CliError(`${folder}: no movies.csv or movies.csv.gz; ${choice}`);
  }
  if (namedRatings !== undefined && !(await isFile(namedRatings))) {
    throw new CliError(`${namedRatings}: there is no such ratings file; correct --ratings or omit it`);
  }
  return {
    dataset,
    movies,
    links: await existing(join(folder, 'links.csv')),
    ratings: namedRatings ?? (await existing(join(folder, 'ratings.csv'))),
    tmdb: await existing(join(raw, 'tmdb', 'tmdb_metadata.csv')),
    changed: await existing(join(raw, 'tmdb', 'changed_movies.csv')),
    news: await existing(join(raw, 'tmdb', 'new_movies.csv')),
    providers: await existing(join(raw, 'providers', 'providers.csv')),
    availability: await existing(join(raw, 'providers', 'availability.csv')),
    mine: await existing(join(raw, 'library', 'mine.csv')),
  };
}

/** All paths whose appearance, change or removal can change the result. */
export function candidatePaths({ raw, ratings }: RawFileChoice, dataset: string): string[] {
  const inDataset = ['movies.csv', 'links.csv', ...(ratings === undefined ? ['ratings.csv'] : [])].map((name) => join(raw, dataset, name));
  const inRaw = [
    ...['tmdb_metadata.csv', 'changed_movies.csv', 'new_movies.csv'].map((name) => join(raw, 'tmdb', name)),
    ...['providers.csv', 'availability.csv'].map((name) => join(raw, 'providers', name)),
    join(raw, 'library', 'mine.csv'),
  ];
  return [...[...inDataset, ...inRaw].flatMap((path) => [path, `${path}.gz`]), ...(ratings === undefined ? [] : [ratings])];
}

/** Files of the raw folder that look like ratings. They are suggested when the chosen data set has none. */
export async function ratingsLikeFiles(raw: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of await foldersIn(raw)) {
    for (const name of (await readdir(join(raw, folder))).sort()) {
      if (/rating.*\.(csv|csv\.gz|parquet)$/i.test(name)) found.push(join(raw, folder, name));
    }
  }
  return found;
}

async function onlyDataset(raw: string): Promise<string> {
  const datasets = await datasetsIn(raw);
  const [first] = datasets;
  if (first === undefined) {
    throw new CliError(`${raw}: no MovieLens data set (a folder ml-* with movies.csv); run "download --raw ${raw}" or give another --raw`);
  }
  if (datasets.length > 1) throw new CliError(`${raw}: several data sets; choose one with --dataset: ${datasets.join(', ')}`);
  return first;
}

async function datasetsIn(raw: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of await foldersIn(raw)) {
    if (basename(folder).startsWith('ml-') && (await existing(join(raw, folder, 'movies.csv'))) !== undefined) found.push(folder);
  }
  return found;
}

async function foldersIn(raw: string): Promise<string[]> {
  try {
    const entries = await readdir(raw, { withFileTypes: true });
    // A data set may be a symbolic link to a folder on another disk.
    return entries
      .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT'))
      throw new CliError(`${raw}: there is no such folder; give the folder of the raw data with --raw`, { cause: error });
    if (hasCode(error, 'ENOTDIR')) throw new CliError(`${raw}: is a file; --raw needs a folder`, { cause: error });
    throw error;
  }
}

async function existing(path: string): Promise<string | undefined> {
  if (await isFile(path)) return path;
  return (await isFile(`${path}.gz`)) ? `${path}.gz` : undefined;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return false;
    throw error;
  }
}
