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
): Promise<Pick<AppServices, 'posterAddresses' | 'posterRoute'>> {
  if (mode === 'off') return { posterAddresses: { base: null, others: false }, posterRoute: undefined };
  if (mode === 'tmdb') return { posterAddresses: { base: origin, others: true }, posterRoute: undefined };
  const cache = await PosterCache.open(join(dataDirectory, 'posters'), cacheBytes);
  return {
    posterAddresses: { base: `${accounts.publicUrl ?? ''}${http.basePath}/posters`, others: false },
    posterRoute: { posters: new PosterSource({ origin, cache, log }), sizes: SIZES, isPoster: postersOf(catalog) },
  };
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
