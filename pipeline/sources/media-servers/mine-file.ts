import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnedMovie } from '../../../src/engine/artifacts/owned-movies.ts';
import { hasCode } from '../../cli/cli-error.ts';
import { writeAtomically } from '../../cli/stage.ts';
import { toCsvLine } from '../../data/csv-table.ts';
import { readTable } from '../tmdb/raw-table.ts';

/** `api`: what the server took in by `PUT /api/library`. */
export type MineSource = 'jellyfin' | 'plex' | 'radarr' | 'file' | 'api';

const COLUMNS = ['source', 'tmdb_id', 'imdb_id'] as const;

/** Replaces what a source listed in the file of the owner's movies. A file that would stay the same is not written. Returns its path. */
export async function replaceMine(raw: string, source: MineSource, movies: readonly OwnedMovie[], signal: AbortSignal): Promise<string> {
  const path = join(raw, 'library', 'mine.csv');
  const others = (await readTable(path, COLUMNS, signal)).filter((row) => row.get('source') !== source);
  const rows = [
    ...others.map((row) => COLUMNS.map((column) => row.get(column) ?? '')),
    ...movies.map(({ tmdbId, imdbId }) => [source, String(tmdbId ?? ''), imdbId ?? '']),
  ];
  const text = [[...COLUMNS], ...rows].map(toCsvLine).join('');
  if (text === (await textOf(path))) return path;
  await mkdir(join(raw, 'library'), { recursive: true });
  await writeAtomically(path, text);
  return path;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
