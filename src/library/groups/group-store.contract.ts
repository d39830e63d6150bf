import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../database/database.ts';
import { SqlLibraryStore } from '../sql-library-store.ts';
import { type GroupPlan, MAX_GROUPS_OF_A_USER } from './shared-group.ts';

const PLAN: GroupPlan = {
  members: [
    { name: 'Ann', movieIds: ['2571'] },
    { name: '', movieIds: [] },
  ],
  strategy: 'LEAST_MISERY',
  services: ['netflix'],
  runtimeMax: 120,
};
const minute = (n: number): Date => new Date(Date.UTC(2026, 0, 10, 20, n));

/** Behaviour of shared groups. `open` returns a migrated database for this suite alone. */
export function groupStoreContract(name: string, open: () => Promise<Database>, skip: boolean): void {
  describe.skipIf(skip)(`shared groups on ${name}`, () => {
    let database: Database;
    let store: SqlLibraryStore;
    beforeAll(async () => {
      database = await open();
      store = new SqlLibraryStore(database);
    });
    afterAll(() => database?.close());

    it('are found as they were made, and only by their id', async () => {
      const made = await store.groups.create('ann', { id: 'made', plan: PLAN }, minute(0));
      expect(made).toEqual({ id: 'made', version: 1, plan: PLAN, voters: [] });
      expect(await store.groups.find('made')).toEqual(made);
      expect(await store.groups.find('other')).toBeUndefined();
      expect(await store.groups.plansOf('ann')).toEqual([PLAN]);
      expect(await store.groups.plansOf('ben')).toEqual([]);
    });

    it('are changed by one of two who read the same version', async () => {
      const read = await store.groups.create('ann', { id: 'raced', plan: PLAN }, minute(0));
      const changes = ['Bob', 'Cid'].map((voter) =>
        store.groups.replace({ ...read, voters: [{ key: voter, movieIds: ['1'] }] }, minute(1)),
      );
      const saved = await Promise.all(changes);
      expect(saved.toSorted()).toEqual([false, true]);
      const key = saved[0] ? 'Bob' : 'Cid';
      expect(await store.groups.find('raced')).toEqual({ ...read, version: 2, voters: [{ key, movieIds: ['1'] }] });
      expect(await store.groups.replace({ ...read, id: 'none' }, minute(1))).toBe(false);
    });

    it('go when their user has newer ones, and with their user', async () => {
      for (let n = 0; n <= MAX_GROUPS_OF_A_USER; n++) await store.groups.create('dan', { id: `dan-${n}`, plan: PLAN }, minute(n));
      expect(await store.groups.find('dan-0')).toBeUndefined();
      expect(await store.groups.find('dan-1')).toBeDefined();
      await store.moveUser('dan', 'eve');
      await store.deleteUser('dan');
      expect(await store.groups.find('dan-1')).toBeDefined();
      await store.deleteUser('eve');
      expect(await store.groups.find('dan-1')).toBeUndefined();
      expect(await store.groups.find('made')).toBeDefined();
    });
  });
}
