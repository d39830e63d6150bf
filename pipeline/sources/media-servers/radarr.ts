import { z } from 'zod';
import { type OwnedMovies, ownedMovies } from '../../../src/engine/artifacts/owned-movies.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { serverJson } from './server-json.ts';

const movies = z.array(z.object({ tmdbId: z.number().nullish(), imdbId: z.string().nullish(), hasFile: z.boolean().default(false) }));

/** The movies of a Radarr server whose file is there, by GET /api/v3/movie. */
export async function radarrMovies(url: string, key: string, context: PipelineContext): Promise<OwnedMovies> {
  const server = { name: 'Radarr', url, headers: { 'x-api-key': key } };
  const all = await serverJson(server, 'api/v3/movie', {}, movies, context);
  return ownedMovies(all.filter(({ hasFile }) => hasFile).map(({ tmdbId, imdbId }) => ({ tmdb: tmdbId, imdb: imdbId })));
}
