import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRelease } from '../../pipeline/training/build-release.ts';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { testModelConfig } from '../../test/fixture-release.ts';
import { Catalog } from '../catalog/catalog.ts';
import type { Database } from '../database/database.ts';
import { ModelRelease } from '../engine/artifacts/model-release.ts';
import type { CatalogRow } from '../engine/features/catalog-row.ts';
import { movieRecord } from './movie-record.ts';
import { SqlLibraryStore } from './sql-library-store.ts';
import { StoredMovieIds } from './stored-movie-ids.ts';

const [MATRIX, ALIEN] = [2571, 1214].map((id) => FIXTURE_MOVIES.find(({ movieId }) => movieId === id) as CatalogRow);
const at = new Date('2026-01-02T03:04:05Z');

/** A catalog of two movies; `id` is that of The Matrix, whose id of TMDb is 202571. */
async function catalogWith(id: number, change: Partial<CatalogRow> = {}): Promise<Catalog> {
  const movies = [{ ...MATRIX, ...change, movieId: id }, ALIEN].sort((a, b) => a.movieId - b.movieId);
  const origin = { version: `v${id}`, dataset: 'test', builtAt: at, inputs: {} };
  const { about, sections } = buildRelease(movies, await testModelConfig(), origin);
  return Catalog.fromRelease(new ModelRelease({ format: 1, sections: {}, ...about }, new Map(Object.entries(sections))));
}

/** Behaviour on every database. `open` returns a migrated database for this suite alone. */
export function storedMovieIdsContract(name: string, open: () => Promise<Database>, skip: boolean): void {
  describe.skipIf(skip)(`stored movie ids on ${name}`, () => {
    let database: Database;
    let store: SqlLibraryStore;
    let ids: StoredMovieIds;
    beforeAll(async () => {
      database = await open();
      store = new SqlLibraryStore(database);
      ids = new StoredMovieIds(database);
    });
    afterAll(() => database.close());

    const shown = async (userId: string) => ({
      watchlist: (await store.wholeWatchlist(userId)).map(({ movieId }) => movieId),
      feedback: (await store.allFeedback(userId)).map(({ movieId }) => movieId),
      ratings: (await store.history.allRatings(userId)).map(({ movieId }) => movieId),
      plays: (await store.history.allPlays(userId)).map(({ movieId }) => movieId),
    });
    async function keepMatrix(userId: string, catalog: Catalog): Promise<void> {
      const movie = movieRecord(catalog, catalog.indexOfTmdb(202_571) ?? catalog.indexAt(0));
      await store.addToWatchlist(userId, movie, at);
      await store.history.rate(userId, movie, 4.5, 'LIKE', at);
      await store.history.addPlay(userId, movie, at);
    }
    const all = (id: number) => ({ watchlist: [id], feedback: [id], ratings: [id], plays: [id] });

    it('follow a movie of TMDb that a data set has later, and back again', async () => {
      const [before, after] = [await catalogWith(-202_571), await catalogWith(2571)];
      await keepMatrix('ann', before);
      expect(await shown('ann')).toEqual(all(-202_571));
      expect(await ids.follow(after)).toBe(1);
      expect(await shown('ann')).toEqual(all(2571));
      expect(await ids.follow(after)).toBe(0);
      expect(await ids.follow(before)).toBe(1);
      expect(await shown('ann')).toEqual(all(-202_571));
    });

    it('follow by the id of IMDb when TMDb has another id for the movie', async () => {
      const before = await catalogWith(2571);
      await keepMatrix('bob', before);
      await ids.follow(before);
      await ids.follow(await catalogWith(-9, { tmdbId: 9 }));
      expect(await shown('bob')).toEqual(all(-9));
    });

    it('stay for a movie that the catalog does not have by any id', async () => {
      const before = await catalogWith(2571);
      await ids.follow(before);
      await keepMatrix('cat', before);
      expect(await ids.follow(await catalogWith(-7, { tmdbId: 7, imdbId: 7 }))).toBe(0);
      expect(await shown('cat')).toEqual(all(2571));
    });

    it('keep the row of the new id where a library has both', async () => {
      const [before, after] = [await catalogWith(-202_571), await catalogWith(2571)];
      await keepMatrix('dan', before);
      const movie = movieRecord(after, after.indexAt(1));
      await store.addToWatchlist('dan', movie, new Date('2026-05-05'));
      await ids.follow(after);
      expect(await shown('dan')).toEqual(all(2571));
      expect((await store.wholeWatchlist('dan'))[0].addedAt).toEqual(new Date('2026-05-05'));
    });

    it('let an import of before be undone', async () => {
      const [before, after] = [await catalogWith(-202_571), await catalogWith(2571)];
      const item = { movie: movieRecord(before, before.indexAt(0)), listed: { at }, watched: undefined, feedback: undefined };
      await store.mergeHistory('eve', [item], at, { max: 10, origin: { importId: 'i1', files: ['a.csv'], rowCount: 1 } });
      await ids.follow(after);
      expect((await shown('eve')).watchlist).toEqual([2571]);
      await store.history.undoImport('eve', 'i1', at);
      expect((await shown('eve')).watchlist).toEqual([]);
    });
  });
}
