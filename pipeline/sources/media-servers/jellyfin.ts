import { z } from 'zod';
import { type OwnedMovies, ownedMovies } from '../../../src/engine/artifacts/owned-movies.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { allPages, PAGE, serverJson } from './server-json.ts';

const page = z.object({
  Items: z.array(z.object({ ProviderIds: z.record(z.string(), z.string().nullable()).nullish() })),
  TotalRecordCount: z.int().min(0),
});

/** The movies of a Jellyfin server, by GET /Items. */
export async function jellyfinMovies(url: string, key: string, context: PipelineContext): Promise<OwnedMovies> {
  const server = { name: 'Jellyfin', url, headers: { authorization: `MediaBrowser Token="${key}"` } };
  const items = await allPages(server, async (start) => {
    const parameters = {
      IncludeItemTypes: 'Movie',
      Recursive: 'true',
      Fields: 'ProviderIds',
      StartIndex: String(start),
      Limit: String(PAGE),
    };
    const { Items: entries, TotalRecordCount: total } = await serverJson(server, 'Items', parameters, page, context);
    return { entries, total };
  });
  return ownedMovies(items.map(({ ProviderIds: of }) => ({ tmdb: of?.Tmdb, imdb: of?.Imdb })));
}
