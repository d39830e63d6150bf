import { z } from 'zod';
import { type OwnedMovies, ownedMovies } from '../../../src/engine/artifacts/owned-movies.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { allPages, PAGE, serverJson } from './server-json.ts';

const sections = z.object({
  MediaContainer: z.object({ Directory: z.array(z.object({ key: z.string(), type: z.string() })).default([]) }),
});
const page = z.object({
  MediaContainer: z.object({
    totalSize: z.int().min(0).optional(),
    size: z.int().min(0),
    Metadata: z.array(z.object({ Guid: z.array(z.object({ id: z.string() })).default([]) })).default([]),
  }),
});

/** The movies of a Plex server: those of every section of movies. */
export async function plexMovies(url: string, key: string, context: PipelineContext): Promise<OwnedMovies> {
  const server = { name: 'Plex', url, headers: { 'x-plex-token': key } };
  const { MediaContainer: all } = await serverJson(server, 'library/sections', {}, sections, context);
  const ids: { tmdb: unknown; imdb: unknown }[] = [];
  for (const { key: section } of all.Directory.filter(({ type }) => type === 'movie')) {
    const path = `library/sections/${encodeURIComponent(section)}/all`;
    const movies = await allPages(server, async (start) => {
      const parameters = { includeGuids: '1', 'X-Plex-Container-Start': String(start), 'X-Plex-Container-Size': String(PAGE) };
      const { MediaContainer: answer } = await serverJson(server, path, parameters, page, context);
      return { entries: answer.Metadata, total: answer.totalSize ?? answer.size };
    });
    for (const { Guid } of movies) {
      const of = (scheme: string): string | undefined => Guid.find(({ id }) => id.startsWith(`${scheme}://`))?.id.slice(scheme.length + 3);
      ids.push({ tmdb: of('tmdb'), imdb: of('imdb') });
    }
  }
  return ownedMovies(ids);
}
