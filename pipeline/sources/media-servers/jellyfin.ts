import { z } from 'zod';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { type OwnedMovies, ownedMovies } from './owned-movie.ts';
import { serverJson } from './server-json.ts';

const PAGE = 1_000;

const page = z.object({
  Items: z.array(z.object({ ProviderIds: z.record(z.string(), z.string().nullable()).nullish() })),
  TotalRecordCount: z.int().min(0),
});

/** The movies of a Jellyfin server, by GET /Items. */
export async function jellyfinMovies(url: string, key: string, context: PipelineContext): Promise<OwnedMovies> {
  const server = { name: 'Jellyfin', url, headers: { authorization: `MediaBrowser Token="${key}"` } };
  const ids: { tmdb: unknown; imdb: unknown }[] = [];
  for (let start = 0, total = 1; start < total; start += PAGE) {
    const parameters = {
      IncludeItemTypes: 'Movie',
      Recursive: 'true',
      Fields: 'ProviderIds',
      StartIndex: String(start),
      Limit: String(PAGE),
    };
    const answer = await serverJson(server, 'Items', parameters, page, context);
    total = answer.TotalRecordCount;
    for (const { ProviderIds: of } of answer.Items) ids.push({ tmdb: of?.Tmdb, imdb: of?.Imdb });
  }
  return ownedMovies(ids);
}
