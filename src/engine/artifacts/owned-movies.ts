import { join } from 'node:path';
import { ArtifactError } from './artifact-error.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/** A movie that the owner of the server has, by the ids of TMDb and IMDb. At least one is known. */
export interface OwnedMovie {
  readonly tmdbId: number | undefined;
  /** Such as "tt0133093". */
  readonly imdbId: string | undefined;
}

/** What a media server says: the movies whose ids are known, and how many others there are. */
export interface OwnedMovies {
  readonly movies: readonly OwnedMovie[];
  readonly withoutId: number;
}

/** Reads ids as servers and files write them: "603", "tt0133093", or nothing. */
export function ownedMovie(tmdb: unknown, imdb: unknown): OwnedMovie | undefined {
  const number = /^[1-9]\d{0,8}$/.test(String(tmdb ?? '').trim()) ? Number(tmdb) : undefined;
  const id = /^(?:tt)?(\d{1,10})$/i.exec(String(imdb ?? '').trim())?.[1];
  const imdbId = id === undefined || Number(id) === 0 ? undefined : `tt${id.padStart(7, '0')}`;
  return number === undefined && imdbId === undefined ? undefined : { tmdbId: number, imdbId };
}

export function ownedMovies(ids: readonly { tmdb: unknown; imdb: unknown }[]): OwnedMovies {
  const movies = ids.map(({ tmdb, imdb }) => ownedMovie(tmdb, imdb)).filter((movie) => movie !== undefined);
  return { movies, withoutId: ids.length - movies.length };
}

const OWNED_FILE = 'owned-movies.json';

/** The list that the server took in, for the next refresh; undefined when there is none. Throws an ArtifactError for another file. */
export async function readOwnedMovies(artifactsDirectory: string): Promise<OwnedMovie[] | undefined> {
  const path = join(artifactsDirectory, OWNED_FILE);
  const list = await readJsonFile(path);
  if (list === undefined) return undefined;
  if (!Array.isArray(list) || !list.every((pair) => Array.isArray(pair))) throw new ArtifactError(`${path}: is not a list of pairs of ids`);
  const { movies, withoutId } = ownedMovies(list.map(([tmdb, imdb]) => ({ tmdb, imdb })));
  if (withoutId > 0) throw new ArtifactError(`${path}: ${withoutId} movies have no id of TMDb or IMDb`);
  return [...movies];
}

/** Replaces the list atomically. */
export async function writeOwnedMovies(artifactsDirectory: string, movies: readonly OwnedMovie[]): Promise<void> {
  const pairs = movies.map(({ tmdbId, imdbId }) => [tmdbId ?? null, imdbId ?? null]);
  await writeJsonFile(join(artifactsDirectory, OWNED_FILE), pairs);
}
