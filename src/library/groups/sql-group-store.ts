import type { Transaction } from 'kysely';
import type { Database } from '../../database/database.ts';
import type { GroupTable, Tables } from '../tables.ts';
import { countAll } from '../watchlist-rows.ts';
import { type GroupPlan, type GroupStore, MAX_GROUPS, MAX_GROUPS_OF_A_USER, type SharedGroup, type Voter } from './shared-group.ts';

/** One lock for all: each new group may delete those of others. */
const LOCK = 'groups';

/** Groups on SQLite or PostgreSQL. */
export class SqlGroupStore implements GroupStore {
  readonly #database: Database<Tables>;

  constructor(database: Database<Tables>) {
    this.#database = database;
  }

  create(userId: string, { id, plan }: Pick<SharedGroup, 'id' | 'plan'>, at: Date): Promise<SharedGroup> {
    return this.#database.transaction(LOCK, async (trx) => {
      await deleteOldest(trx, MAX_GROUPS_OF_A_USER - 1, userId);
      await deleteOldest(trx, MAX_GROUPS - 1);
      const time = at.getTime();
      const content = contentOf(plan, []);
      await trx
        .insertInto('cinematch_groups')
        .values({ group_id: id, user_id: userId, version: 1, content, created_at: time, changed_at: time })
        .execute();
      return { id, version: 1, plan, voters: [] };
    });
  }

  async find(id: string): Promise<SharedGroup | undefined> {
    const row = await this.#database.kysely.selectFrom('cinematch_groups').selectAll().where('group_id', '=', id).executeTakeFirst();
    return row && groupOf(row);
  }

  async plansOf(userId: string): Promise<GroupPlan[]> {
    const rows = await this.#database.kysely
      .selectFrom('cinematch_groups')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('changed_at', 'desc')
      .orderBy('group_id')
      .execute();
    return rows.map((row) => groupOf(row).plan);
  }

  async replace({ id, version, plan, voters }: SharedGroup, at: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.#database.kysely
      .updateTable('cinematch_groups')
      .set({ version: version + 1, content: contentOf(plan, voters), changed_at: at.getTime() })
      .where('group_id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }
}

/** Keeps the groups that changed last: those of one user, or all. */
async function deleteOldest(trx: Transaction<Tables>, kept: number, userId?: string): Promise<void> {
  let groups = trx.selectFrom('cinematch_groups');
  if (userId !== undefined) groups = groups.where('user_id', '=', userId);
  const { count } = await groups.select(countAll.as('count')).executeTakeFirstOrThrow();
  const surplus = Number(count) - kept;
  if (surplus <= 0) return;
  const oldest = await groups.select('group_id').orderBy('changed_at').orderBy('group_id').limit(surplus).execute();
  const ids = oldest.map(({ group_id }) => group_id);
  await trx.deleteFrom('cinematch_groups').where('group_id', 'in', ids).execute();
}

function contentOf(plan: GroupPlan, voters: readonly Voter[]): string {
  return JSON.stringify({ ...plan, voters });
}

function groupOf({ group_id: id, version, content }: GroupTable): SharedGroup {
  const { voters, ...plan }: GroupPlan & { voters: Voter[] } = JSON.parse(content);
  return { id, version, plan, voters };
}
