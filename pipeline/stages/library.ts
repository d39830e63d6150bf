import { type OwnedMovies, ownedMovies } from '../../src/engine/artifacts/owned-movies.ts';
import { parseArguments } from '../cli/arguments.ts';
import { CliError, usageError } from '../cli/cli-error.ts';
import { formatCount } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { jellyfinMovies } from '../sources/media-servers/jellyfin.ts';
import { replaceMine } from '../sources/media-servers/mine-file.ts';
import { plexMovies } from '../sources/media-servers/plex.ts';
import { radarrMovies } from '../sources/media-servers/radarr.ts';
import { readRows } from '../sources/tmdb/raw-table.ts';

export const help = `library: lists the films that you have, as the service "Mine"

Usage: npm run pipeline -- library --raw DIR --jellyfin URL | --plex URL | --radarr URL | --file CSV

  --raw DIR        folder of the raw files; the list goes to DIR/library/mine.csv
  --jellyfin URL   the films of a Jellyfin server
  --plex URL       the films of a Plex server
  --radarr URL     the films of a Radarr server that are downloaded
  --file CSV       films by the columns tmdb_id and imdb_id; one of them is enough
  --key KEY        the key of the server. Prefer the variable LIBRARY_KEY: other users of the machine can see command lines

Each run replaces what an earlier one listed from the same kind of source. The next merge or refresh makes the films those of the
service "Mine".
`;

const SERVERS = { jellyfin: jellyfinMovies, plex: plexMovies, radarr: radarrMovies } as const;

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('library', args, {
    raw: { type: 'string', required: true },
    jellyfin: { type: 'string' },
    plex: { type: 'string' },
    radarr: { type: 'string' },
    file: { type: 'string' },
    key: { type: 'string' },
  });
  const given = (['jellyfin', 'plex', 'radarr', 'file'] as const).flatMap((source) => {
    const from = values[source];
    return from === undefined ? [] : [{ source, from }];
  });
  if (given.length !== 1) throw usageError('library: give one of --jellyfin, --plex, --radarr and --file');
  const [{ source, from }] = given;
  const key = values.key ?? context.libraryKey;
  const found = source === 'file' ? await moviesOfFile(from, context) : await moviesOfServer(source, from, key, context);
  const path = await replaceMine(values.raw, source, found.movies, context.signal);
  const without = found.withoutId === 0 ? '' : `, ${formatCount(found.withoutId)} without an id of TMDb or IMDb are left out`;
  context.log(`library: ${formatCount(found.movies.length)} films of ${from}${without}; ${path}`);
}

function moviesOfServer(
  source: keyof typeof SERVERS,
  url: string,
  key: string | undefined,
  context: PipelineContext,
): Promise<OwnedMovies> {
  const { protocol, username, password } = URL.parse(url) ?? { protocol: '' };
  if (!/^https?:$/.test(protocol) || username || password)
    throw usageError(`library: --${source} takes an http(s) URL without user and password`);
  if (key === undefined) throw usageError(`library: --${source} needs a key; give --key or set LIBRARY_KEY`);
  return SERVERS[source](url, key, context);
}

async function moviesOfFile(path: string, context: PipelineContext): Promise<OwnedMovies> {
  const rows = await readRows(path, [], 'skip', context.signal);
  const names = ['tmdb_id', 'imdb_id'] as const;
  if (rows.length > 0 && !names.some((name) => rows[0].has(name)))
    throw new CliError(`${path}: expected a column tmdb_id or imdb_id, found ${[...rows[0].keys()].join(', ')}`);
  return ownedMovies(rows.map((row) => ({ tmdb: row.get('tmdb_id'), imdb: row.get('imdb_id') })));
}
