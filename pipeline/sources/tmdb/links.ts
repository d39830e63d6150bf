import { join } from 'node:path';
import { CliError } from '../../cli/cli-error.ts';
import { firstExisting, readRows } from './raw-table.ts';

/** The links.csv of a data set. Throws a CliError when there is none. */
export async function linksFile(raw: string, dataset: string): Promise<string> {
  const path = await firstExisting(join(raw, dataset, 'links.csv'));
  if (path === undefined) throw new CliError(`${join(raw, dataset)}: there is no links.csv, so no TMDb ids; download with --force`);
  return path;
}

/** The TMDb ids of a data set, ascending, each once. */
export async function linkedTmdbIds(path: string, signal: AbortSignal): Promise<number[]> {
  const rows = await readRows(path, ['movieId', 'tmdbId'], 'skip', signal);
  const ids = new Set<number>();
  for (const row of rows) {
    const id = Number(row.get('tmdbId'));
    if (Number.isInteger(id) && id > 0 && /^\d+$/.test(row.get('movieId') ?? '')) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}
