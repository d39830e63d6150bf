import { randomBytes, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { Kysely, Transaction } from 'kysely';
import { type AccountTables, memberIds } from '../accounts/account-tables.ts';
import type { MovieId } from '../catalog/movie-id.ts';
import type { Database } from '../database/database.ts';
import { DatabaseError } from '../database/database-error.ts';
import { migrationState } from '../database/migrate.ts';
import { errorCode } from '../error-text.ts';
import { csvLine } from '../library/history/csv-line.ts';
import type { Tables } from '../library/tables.ts';
import { type TrainingRow, trainingRows, usersWhoDeclined } from '../library/training-rows.ts';
import { MIGRATIONS } from './migrations.ts';

const HEADER = csvLine(['viewer', 'movieId', 'tmdbId', 'imdbId', 'rating', 'day']);

export interface TrainingDataCounts {
  viewers: number;
  rows: number;
  /** Accounts whose preferences say that no model learns from them. */
  declined: number;
}

/**
 * Writes what viewers think of movies into a file that `train --library` reads. Only the owner may read the file. It has no guests, no
 * disabled accounts and nobody who declined. It reads one state of the database and changes nothing in it.
 */
export async function writeTrainingData(database: Database, file: string): Promise<TrainingDataCounts> {
  const { pending } = await migrationState(database, MIGRATIONS);
  if (pending.length > 0) throw new DatabaseError(`the database lacks the migration ${pending[0]}; run npm run db -- migrate first`);
  await refuseOtherFile(file);
  const unfinished = `${file}.${randomUUID()}.unfinished`;
  const handle = await open(unfinished, 'wx', 0o600);
  try {
    const snapshot = database.kysely.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
    const counts = await snapshot.execute((trx) => writeRows(trx, (text) => handle.writeFile(text)));
    await handle.sync();
    await rename(unfinished, file);
    return counts;
  } finally {
    await handle.close();
    await rm(unfinished, { force: true });
  }
}

async function writeRows(trx: Transaction<Tables & AccountTables>, write: (text: string) => Promise<void>): Promise<TrainingDataCounts> {
  const declined = await usersWhoDeclined(asRoom<Tables>(trx));
  const members = await memberIds(asRoom<AccountTables>(trx));
  const idsOf = await otherIds(asRoom<Tables>(trx));
  const counts = { viewers: 0, rows: 0, declined: members.filter((id) => declined.has(id)).length };
  await write(HEADER);
  // In the order of names that belong to this file alone: neither a name nor a place in the file tells who somebody is.
  const viewers = members.filter((id) => !declined.has(id)).map((id) => ({ id, name: randomBytes(8).toString('hex') }));
  for (const { id, name } of viewers.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const rows = await trainingRows(asRoom<Tables>(trx), id);
    if (rows.length === 0) continue;
    await write(rows.map((row) => lineOf(name, row, idsOf.get(row.movieId))).join(''));
    counts.viewers++;
    counts.rows += rows.length;
  }
  return counts;
}

interface OtherIds {
  tmdbId: number | null;
  imdbId: number | null;
}

/** The other ids of every movie that a library names. */
async function otherIds(kysely: Kysely<Tables>): Promise<Map<MovieId, OtherIds>> {
  const rows = await kysely.selectFrom('cinematch_movie_ids').selectAll().execute();
  // A PostgreSQL bigint may come as text.
  return new Map(rows.map((row) => [row.movie_id, { tmdbId: row.tmdb_id, imdbId: row.imdb_id === null ? null : Number(row.imdb_id) }]));
}

function lineOf(viewer: string, { movieId, stars, day }: TrainingRow, ids: OtherIds | undefined): string {
  const tmdbId = ids?.tmdbId ?? (movieId < 0 ? -movieId : null);
  return csvLine([viewer, movieId > 0 ? movieId : null, tmdbId, ids?.imdbId ?? null, stars, day]);
}

/** A file that is there is replaced only when it is an earlier one of these. */
async function refuseOtherFile(file: string): Promise<void> {
  const there = await open(file, 'r').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (there === undefined) return;
  try {
    const { buffer, bytesRead } = await there.read(Buffer.alloc(HEADER.length));
    if (buffer.toString('latin1', 0, bytesRead) !== HEADER)
      throw new DatabaseError(`${file} is there already and holds no training data; name another file`);
  } finally {
    await there.close();
  }
}

/** The transaction as one room sees it. */
function asRoom<T>(trx: Transaction<Tables & AccountTables>): Kysely<T> {
  return trx as unknown as Kysely<T>;
}
