import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import { CliError } from '../cli/cli-error.ts';
import { formatCount } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { readCsvColumns } from './csv-table.ts';
import { LIKED_FROM } from './likes.ts';
import type { Ratings } from './ratings.ts';
import { MIN_RATERS, sharedOpinions } from './shared-opinions.ts';

/** With fewer viewers who count, nothing of the file does. */
export const MIN_VIEWERS = 20;

/** A model takes no user with fewer likes, so such a viewer would not make a pair count. */
export const MIN_LIKES = 5;

const COLUMNS = ['viewer', 'movieId', 'tmdbId', 'imdbId', 'rating', 'day'] as const;
const USER_IDS = 2 ** 32;

interface Opinion {
  halfStars: number;
  /** Seconds since 1970; 0 when unknown. */
  time: number;
}

/** What one viewer thinks of movies, by row of the catalog. */
type Opinions = ReadonlyMap<number, Opinion>;

/**
 * The ratings with those of a file of `npm run db -- training-data`. Its viewers get the last user ids of 32 bits, which no data set has.
 * Says how many viewers and rows count, and why others do not.
 */
export async function withLibraryRatings(
  ratings: Ratings,
  path: string,
  movies: readonly CatalogRow[],
  context: PipelineContext,
): Promise<Ratings> {
  const { viewers, rows, unknown } = await readOpinions(path, movies, context);
  const counting = countingOpinions(viewers);
  if (counting.length < MIN_VIEWERS) {
    context.log(
      `  library: none of ${formatCount(rows)} rows counts: of ${formatCount(viewers.length)} viewers, ${counting.length} have ${MIN_LIKES} likes that ${MIN_RATERS} viewers share, and ${MIN_VIEWERS} are needed`,
    );
    return ratings;
  }
  const used = counting.reduce((count, opinions) => count + opinions.size, 0);
  context.log(
    `  library: ${formatCount(used)} of ${formatCount(rows)} rows count, of ${formatCount(counting.length)} viewers; ${formatCount(unknown)} are of movies that the catalog lacks, ${formatCount(rows - unknown - used)} shared by fewer than ${MIN_RATERS} viewers`,
  );
  return appended(ratings, counting, path);
}

/**
 * The opinions that count, rows ascending. A like of a movie and a lower rating of it are two things that viewers share, because some
 * models know likes alone.
 */
function countingOpinions(viewers: readonly Opinions[]): Opinions[] {
  let left = viewers.filter(likesEnough);
  for (;;) {
    const kept = sharedOpinions(left.map((opinions) => [...opinions].map(keyOf)));
    const chosen = left.map((opinions, n) => {
      const keys = new Set(kept[n]);
      return new Map([...opinions].filter((entry) => keys.has(keyOf(entry))));
    });
    const liking = chosen.filter(likesEnough);
    if (liking.length === left.length) return liking.map((opinions) => new Map([...opinions].sort(([a], [b]) => a - b)));
    left = liking;
  }
}

function keyOf([row, { halfStars }]: [number, Opinion]): number {
  return row * 2 + Number(halfStars >= LIKED_FROM);
}

function likesEnough(opinions: Opinions): boolean {
  let likes = 0;
  for (const { halfStars } of opinions.values()) if (halfStars >= LIKED_FROM) likes++;
  return likes >= MIN_LIKES;
}

async function readOpinions(
  path: string,
  movies: readonly CatalogRow[],
  { signal }: PipelineContext,
): Promise<{ viewers: Opinions[]; rows: number; unknown: number }> {
  const columns = await readCsvColumns(path, COLUMNS, 'refuse', signal);
  const [names, movieIds, tmdbIds, imdbIds, stars, days] = COLUMNS.map((name) => columns.get(name) ?? []);
  const rowOf = movieFinder(movies);
  const viewers = new Map<string, Map<number, Opinion>>();
  let unknown = 0;
  names.forEach((name, n) => {
    const halfStars = Number(stars[n]) * 2;
    const where = `${path}, row ${n + 1}`;
    if (name === '') throw new CliError(`${where}: has no viewer; write the file again with "npm run db -- training-data"`);
    if (!(Number.isInteger(halfStars) && halfStars >= 1 && halfStars <= 10))
      throw new CliError(`${where}: rating is "${stars[n]}", expected half stars from 0.5 to 5`);
    const time = days[n] === '' ? 0 : Date.parse(days[n]) / 1_000;
    if (!(time >= 0 && time < USER_IDS)) throw new CliError(`${where}: day is "${days[n]}", expected a date such as 2026-01-31`);
    const row = rowOf(movieIds[n], tmdbIds[n], imdbIds[n]);
    if (row === undefined) {
      unknown++;
      return;
    }
    const known = viewers.get(name);
    if (known === undefined) viewers.set(name, new Map([[row, { halfStars, time }]]));
    else known.set(row, { halfStars, time });
  });
  return { viewers: [...viewers.values()], rows: names.length, unknown };
}

/** Finds the row of a movie by its ids. The movieId counts first, as in the library of a server. */
function movieFinder(movies: readonly CatalogRow[]): (...ids: string[]) => number | undefined {
  const tables = (['movieId', 'tmdbId', 'imdbId'] as const).map(
    (key) => new Map(movies.flatMap((movie, row): [string, number][] => (movie[key] === null ? [] : [[String(movie[key]), row]]))),
  );
  return (...ids) => ids.map((id, n) => tables[n].get(id)).find((row) => row !== undefined);
}

function appended(ratings: Ratings, viewers: readonly Opinions[], path: string): Ratings {
  const firstId = USER_IDS - viewers.length;
  if ((ratings.userIds.at(-1) ?? 0) >= firstId)
    throw new CliError(`${path}: the ratings file has the user id ${ratings.userIds.at(-1)}, and ids from ${firstId} are for the library`);
  const entries = viewers.flatMap((opinions) => [...opinions]);
  const offsets = new Uint32Array(ratings.users + viewers.length + 1);
  offsets.set(ratings.offsets);
  viewers.forEach((opinions, n) => {
    offsets[ratings.users + n + 1] = offsets[ratings.users + n] + opinions.size;
  });
  return {
    users: ratings.users + viewers.length,
    userIds: joined(ratings.userIds, viewers, (_, n) => firstId + n),
    movieIds: ratings.movieIds,
    offsets,
    rows: joined(ratings.rows, entries, ([row]) => row),
    halfStars: joined(ratings.halfStars, entries, ([, { halfStars }]) => halfStars),
    viewers: viewers.length,
    times: ratings.times && joined(ratings.times, entries, ([, { time }]) => time),
  };
}

function joined<A extends Uint8Array | Uint32Array, T>(first: A, more: readonly T[], numberOf: (item: T, n: number) => number): A {
  const Column = first.constructor as new (length: number) => A;
  const all = new Column(first.length + more.length);
  all.set(first);
  all.set(more.map(numberOf), first.length);
  return all;
}
