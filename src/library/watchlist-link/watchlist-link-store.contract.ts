import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../database/database.ts';
import { SqlLibraryStore } from '../sql-library-store.ts';

const DAY = new Date(Date.UTC(2026, 0, 10));
const LATER = new Date(Date.UTC(2026, 0, 11));

/** Behaviour of links to watchlists. `open` returns a migrated database for this suite alone. */
export function watchlistLinkStoreContract(name: string, open: () => Promise<Database>, skip: boolean): void {
  describe.skipIf(skip)(`links to watchlists on ${name}`, () => {
    let database: Database;
    let store: SqlLibraryStore;
    beforeAll(async () => {
      database = await open();
      store = new SqlLibraryStore(database);
    });
    afterAll(() => database?.close());

    it('are found by their id and by their user, and keep the id under another name', async () => {
      const made = await store.watchlistLinks.put('ann', { id: 'first', name: 'For Friday', createdAt: DAY });
      expect(made).toEqual({ id: 'first', name: 'For Friday', createdAt: DAY });
      expect(await store.watchlistLinks.put('ann', { id: 'second', name: 'For Sunday', createdAt: LATER })).toEqual({
        id: 'first',
        name: 'For Sunday',
        createdAt: DAY,
      });
      expect(await store.watchlistLinks.find('first')).toEqual({ id: 'first', name: 'For Sunday', createdAt: DAY, userId: 'ann' });
      expect(await store.watchlistLinks.ofUser('ann')).toMatchObject({ id: 'first' });
      for (const nothing of [store.watchlistLinks.find('second'), store.watchlistLinks.ofUser('ben')])
        expect(await nothing).toBeUndefined();
    });

    it('go with a guest to an account that has none', async () => {
      await store.watchlistLinks.put('guest', { id: 'of-guest', name: 'Guest', createdAt: DAY });
      await store.moveUser('guest', 'dan');
      expect(await store.watchlistLinks.ofUser('dan')).toMatchObject({ id: 'of-guest' });
      await store.watchlistLinks.put('other', { id: 'of-other', name: 'Other', createdAt: DAY });
      await store.moveUser('other', 'dan');
      expect(await store.watchlistLinks.ofUser('dan')).toMatchObject({ id: 'of-guest' });
      expect(await store.watchlistLinks.find('of-other')).toBeUndefined();
    });

    it('end when they are deleted, and with their user', async () => {
      await store.watchlistLinks.put('ben', { id: 'of-ben', name: 'Ben', createdAt: DAY });
      expect(await store.watchlistLinks.delete('ben')).toBe(true);
      expect(await store.watchlistLinks.delete('ben')).toBe(false);
      expect(await store.watchlistLinks.find('of-ben')).toBeUndefined();
      await store.watchlistLinks.put('cid', { id: 'of-cid', name: 'Cid', createdAt: DAY });
      await store.deleteUser('cid');
      expect(await store.watchlistLinks.find('of-cid')).toBeUndefined();
      expect(await store.watchlistLinks.find('first')).toMatchObject({ userId: 'ann' });
    });
  });
}
