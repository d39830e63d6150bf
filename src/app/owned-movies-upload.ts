import { isAdministrator } from '../accounts/roles.ts';
import { type OwnedMovie, ownedMovie, writeOwnedMovies } from '../engine/artifacts/owned-movies.ts';
import { hasMoreValues } from '../graphql/limits/json-values.ts';
import { HttpError } from '../http/http-error.ts';
import type { OwnedMoviesRoute } from '../http/owned-movies-route.ts';
import { quoted } from '../input-error.ts';
import { CsvError, csvRecords } from '../library/history/csv-records.ts';
import type { RequestIdentity } from './authentication.ts';

export const MAX_OWNED_MOVIES = 50_000;

const FORMS = 'a JSON list of ids, such as [603, "tt0133093"], or CSV with a column tmdb_id or imdb_id';

/** Stores what the owner has for the next refresh: owners and admins, also by an API key with the scope `write`. */
export function ownedMoviesUpload(authenticate: RequestIdentity, artifactsDirectory: string): Omit<OwnedMoviesRoute, 'pay'> {
  return {
    async authorize(request) {
      const identity = await authenticate(request);
      if (identity === null) throw new HttpError(401, 'UNAUTHENTICATED', 'Sign in as an admin, or send the API key of one.');
      if (identity.isGuest || !isAdministrator(identity.role))
        throw new HttpError(403, 'FORBIDDEN', 'Only owners and admins say which movies the owner has.');
      if (!identity.scopes.has('write')) throw new HttpError(403, 'FORBIDDEN', 'The API key lacks the scope "write".');
    },
    async store(text, kind) {
      const movies = kind === 'csv' ? moviesOfCsv(text) : moviesOfJson(text);
      if (movies.length > MAX_OWNED_MOVIES) throw tooMany();
      await write(artifactsDirectory, movies);
      return { movies: movies.length, shownFrom: 'next refresh' };
    },
  };
}

function moviesOfJson(text: string): OwnedMovie[] {
  if (hasMoreValues(text, MAX_OWNED_MOVIES + 1)) throw tooMany();
  let ids: unknown;
  try {
    ids = JSON.parse(text);
  } catch {
    throw badInput(`The body is not JSON. It must be ${FORMS}.`);
  }
  if (!Array.isArray(ids)) throw badInput(`The body is not a list. It must be ${FORMS}.`);
  return ids.map((id: unknown, i) => {
    // Text without "tt" would be taken for an id of IMDb.
    const isText = typeof id === 'string' && id.startsWith('tt');
    const movie = typeof id === 'number' ? ownedMovie(id, undefined) : isText ? ownedMovie(undefined, id) : undefined;
    if (movie === undefined) throw badId(`[${i}]`, id);
    return movie;
  });
}

function moviesOfCsv(text: string): OwnedMovie[] {
  const [header, ...records] = recordsOf(text);
  const names = header?.map((name) => name.trim().toLowerCase()) ?? [];
  const [tmdb, imdb] = ['tmdb_id', 'imdb_id'].map((name) => names.indexOf(name));
  if (tmdb < 0 && imdb < 0) throw badInput(`The table has the columns ${names.map(quoted).join(', ')}. It must be ${FORMS}.`);
  return records.map((record, i) => {
    const ids = [tmdb, imdb].map((column) => (column < 0 ? '' : (record[column] ?? '').trim()));
    const movie = ownedMovie(ids[0], ids[1]);
    if (movie === undefined) throw badId(`record ${i + 2}`, ids.join(','));
    return movie;
  });
}

function recordsOf(text: string): string[][] {
  try {
    return csvRecords(text, MAX_OWNED_MOVIES + 2);
  } catch (error) {
    if (error instanceof CsvError) throw badInput(`The table cannot be read: ${error.message}.`);
    throw error;
  }
}

async function write(artifactsDirectory: string, movies: readonly OwnedMovie[]): Promise<void> {
  try {
    await writeOwnedMovies(artifactsDirectory, movies);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new HttpError(507, 'STORAGE_FULL', 'The disk of the artifacts is full.');
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new HttpError(503, 'UNAVAILABLE', 'The server may not write to the folder of its artifacts. Use "pipeline library" instead.');
    throw error;
  }
}

function badId(place: string, found: unknown): HttpError {
  const text = quoted(typeof found === 'string' ? found : (JSON.stringify(found) ?? ''));
  const problem = `${place}: ${text} is no id; TMDb's ids are whole numbers from 1, IMDb's are such as "tt0133093".`;
  return new HttpError(400, 'BAD_USER_INPUT', problem, {}, { argument: place });
}

function badInput(problem: string): HttpError {
  return new HttpError(400, 'BAD_USER_INPUT', problem);
}

function tooMany(): HttpError {
  const max = MAX_OWNED_MOVIES;
  return new HttpError(413, 'PAYLOAD_TOO_LARGE', `The list is too long: at most ${max} movies are taken.`, {}, { max });
}
