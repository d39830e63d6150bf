import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Catalog } from '../catalog/catalog.ts';
import { isTmdbPath, POSTER_WIDTHS } from '../catalog/poster-url.ts';
import type { Environment } from '../environment/environment.ts';
import { PosterCache } from '../http/poster-cache.ts';
import { PosterSource } from '../http/poster-source.ts';
import type { AppServices } from './app.ts';

const SIZES = new Set(POSTER_WIDTHS.map((width) => `w${width}`));

/** Where the posters of the API come from, as the settings say. */
export async function openPosters(
  {
    posters: { mode, origin, cacheBytes },
    dataDirectory,
    accounts,
    http,
  }: Pick<Environment, 'posters' | 'dataDirectory' | 'accounts' | 'http'>,
  catalog: () => Catalog,
  log: Logger,
  thread: { number: number; count: number } = { number: 0, count: 1 },
): Promise<Pick<AppServices, 'posterAddresses' | 'posterRoute'>> {
  if (mode === 'off') return { posterAddresses: { base: null, others: false }, posterRoute: undefined };
  if (mode === 'tmdb') return { posterAddresses: { base: origin, others: true }, posterRoute: undefined };
  const cache = await PosterCache.open(await folderOf(thread, dataDirectory), Math.floor(cacheBytes / thread.count));
  return {
    posterAddresses: { base: `${accounts.publicUrl ?? ''}${http.basePath}/posters`, others: false },
    posterRoute: { posters: new PosterSource({ origin, cache, log }), sizes: SIZES, isPoster: postersOf(catalog) },
  };
}

/** Each thread has a folder of its own, since each bounds what it keeps. The first removes those of threads that there are no longer. */
async function folderOf({ number, count }: { number: number; count: number }, dataDirectory: string): Promise<string> {
  if (number > 0) return join(dataDirectory, `posters-${number}`);
  for (const name of await readdir(dataDirectory).catch(() => [])) {
    const other = /^posters-(\d+)$/.exec(name)?.[1];
    if (other !== undefined && Number(other) >= count) await rm(join(dataDirectory, name), { recursive: true, force: true });
  }
  return join(dataDirectory, 'posters');
}

/** Whether the catalog names a poster. The names are collected once a version. */
function postersOf(catalog: () => Catalog): (file: string) => boolean {
  let names = new Set<string>();
  let ofCatalog: Catalog | undefined;
  return (file) => {
    const current = catalog();
    if (current !== ofCatalog) {
      ofCatalog = current;
      const paths = Array.from({ length: current.size }, (_, row) => current.posterPath(current.indexAt(row)) ?? '');
      names = new Set(paths.filter(isTmdbPath));
    }
    return names.has(`/${file}`);
  };
}
