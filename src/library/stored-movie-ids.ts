import type { Catalog } from '../catalog/catalog.ts';
import type { MovieId } from '../catalog/movie-id.ts';
import type { Database } from '../database/database.ts';
import { batches, rowText } from './library-changes.ts';
import type { ImportChangeTable, MovieIdsTable, Tables } from './tables.ts';

const TABLES = ['cinematch_watchlist', 'cinematch_feedback', 'cinematch_ratings', 'cinematch_plays'] as const;

/**
 * Keeps the movie ids of all libraries good when another version of the catalog names movies otherwise: a movie of TMDb that a MovieLens
 * data set has meanwhile, or the other way round. The database holds the ids of TMDb and IMDb of each movie that a library names.
 */
export class StoredMovieIds {
  readonly #database: Database<Tables>;

  constructor(database: Database<Tables>) {
    this.#database = database;
  }

  /** Writes down the other ids of the movies that this catalog has. */
  async record(catalog: Catalog): Promise<void> {
    const { kysely } = this.#database;
    const known = new Map((await kysely.selectFrom('cinematch_movie_ids').selectAll().execute()).map((row) => [row.movie_id, row]));
    const rows: MovieIdsTable[] = [];
    for (const movieId of await this.#named()) {
      const index = catalog.indexOf(movieId);
      const tmdb_id = index === undefined ? (movieId < 0 ? -movieId : null) : catalog.tmdbId(index);
      const imdb_id = index === undefined ? null : catalog.columns.imdbIds[index] || null;
      const before = known.get(movieId);
      if (index === undefined && (before !== undefined || tmdb_id === null)) continue;
      // A PostgreSQL bigint may come as text.
      if (before?.tmdb_id === tmdb_id && (before?.imdb_id === null ? null : Number(before?.imdb_id)) === imdb_id) continue;
      rows.push({ movie_id: movieId, tmdb_id, imdb_id });
    }
    for (const batch of batches(rows))
      await kysely
        .insertInto('cinematch_movie_ids')
        .values(batch)
        .onConflict((conflict) =>
          conflict.column('movie_id').doUpdateSet((eb) => ({ tmdb_id: eb.ref('excluded.tmdb_id'), imdb_id: eb.ref('excluded.imdb_id') })),
        )
        .execute();
  }

  /** Gives every stored movie the id that this catalog has for it. Returns how many movies have another id now. */
  async follow(catalog: Catalog): Promise<number> {
    await this.record(catalog);
    const recorded = await this.#database.kysely.selectFrom('cinematch_movie_ids').selectAll().execute();
    const named = new Set(await this.#named());
    const renamed = new Map<MovieId, MovieId>();
    for (const { movie_id, tmdb_id, imdb_id } of recorded) {
      if (!named.has(movie_id)) continue;
      const index =
        catalog.indexOf(movie_id) ??
        (tmdb_id === null ? undefined : catalog.indexOfTmdb(tmdb_id)) ??
        (imdb_id === null ? undefined : catalog.indexOfImdb(Number(imdb_id)));
      if (index !== undefined && catalog.movieId(index) !== movie_id) renamed.set(movie_id, catalog.movieId(index));
    }
    for (const pairs of batches([...renamed])) await this.#rename(new Map(pairs));
    if (renamed.size > 0) {
      await this.#renameInImports(renamed);
      await this.record(catalog);
    }
    return renamed.size;
  }

  async #named(): Promise<MovieId[]> {
    const ids = new Set<MovieId>();
    for (const table of TABLES) {
      const rows = await this.#database.kysely.selectFrom(table).select('movie_id').distinct().execute();
      for (const { movie_id } of rows) ids.add(movie_id);
    }
    return [...ids];
  }

  /** Where a library has both ids, the row of the new id stays. */
  async #rename(renamed: ReadonlyMap<MovieId, MovieId>): Promise<void> {
    const before = [...renamed.keys()];
    await this.#database.kysely.transaction().execute(async (trx) => {
      for (const table of TABLES) {
        const rows = await trx.deleteFrom(table).where('movie_id', 'in', before).returningAll().execute();
        const after = rows.map((row) => ({ ...row, movie_id: renamed.get(row.movie_id) ?? row.movie_id }));
        for (const batch of batches(after))
          await trx
            .insertInto(table)
            .values(batch as never)
            .onConflict((conflict) => conflict.doNothing())
            .execute();
      }
      for (const [from, movie_id] of renamed)
        await trx.updateTable('cinematch_hook_events').set({ movie_id }).where('movie_id', '=', from).execute();
    });
  }

  /** An import can be undone where the library's rows still are as the import left them, so its rows are renamed too. */
  async #renameInImports(renamed: ReadonlyMap<MovieId, MovieId>): Promise<void> {
    const { kysely } = this.#database;
    const imports = await kysely.selectFrom('cinematch_imports').select(['user_id', 'import_id']).execute();
    for (const { user_id, import_id } of imports) {
      const changes = await kysely
        .selectFrom('cinematch_import_changes')
        .selectAll()
        .where('user_id', '=', user_id)
        .where('import_id', '=', import_id)
        .execute();
      for (const { number, before, after } of changes) {
        const [was, became] = [renamedText(before, renamed), renamedText(after, renamed)];
        if (was === before && became === after) continue;
        await kysely
          .updateTable('cinematch_import_changes')
          .set({ before: was, after: became })
          .where('user_id', '=', user_id)
          .where('import_id', '=', import_id)
          .where('number', '=', number)
          .execute();
      }
    }
  }
}

function renamedText(text: ImportChangeTable['before'], renamed: ReadonlyMap<MovieId, MovieId>): string | null {
  if (text === null) return null;
  const row: { movie_id: MovieId } = JSON.parse(text);
  const id = renamed.get(row.movie_id);
  return id === undefined ? text : rowText({ ...row, movie_id: id });
}
