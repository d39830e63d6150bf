import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MOVIES = 90;
/** Too few for models of ratings: training takes a moment. */
const USERS = 30;
/** Each user likes the movies of one kind, as far as the id allows. */
const KINDS = ['Drama', 'Comedy', 'Thriller'];

/** A data set as `download` leaves it, but small. */
export async function writeRawData(folder: string, dataset: string): Promise<void> {
  await mkdir(join(folder, dataset), { recursive: true });
  const ids = Array.from({ length: MOVIES }, (_, n) => n + 1);
  const table = (file: string, header: string, lines: readonly string[]): Promise<void> =>
    writeFile(join(folder, dataset, file), `${[header, ...lines].join('\n')}\n`);
  await table(
    'movies.csv',
    'movieId,title,genres',
    ids.map((id) => `${id},Film ${id} (${1950 + (id % 70)}),${KINDS[id % KINDS.length]}`),
  );
  await table(
    'links.csv',
    'movieId,imdbId,tmdbId',
    ids.map((id) => `${id},${id},${1000 + id}`),
  );
  const ratingsOf = (user: number): string[] =>
    ids
      .filter((id) => (id * 7 + user * 3) % 5 > 1)
      .map((id) => `${user},${id},${id % KINDS.length === user % KINDS.length ? 5 : 2},${1_000_000_000 + user * 1_000 + id}`);
  await table('ratings.csv', 'userId,movieId,rating,timestamp', Array.from({ length: USERS }, (_, n) => ratingsOf(n + 1)).flat());
}
