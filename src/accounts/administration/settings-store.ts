import type { AdministrationDatabase } from './tables.ts';

/** Settings that the owner changes while the server runs. All servers of a database share them. */
export class SettingsStore {
  readonly #database: AdministrationDatabase;

  constructor(database: AdministrationDatabase) {
    this.#database = database;
  }

  async get(name: string): Promise<string | undefined> {
    const { kysely } = this.#database;
    return (await kysely.selectFrom('cinematch_setting').select('value').where('name', '=', name).executeTakeFirst())?.value;
  }

  async set(name: string, value: string): Promise<void> {
    const { kysely } = this.#database;
    const row = kysely.insertInto('cinematch_setting').values({ name, value });
    await row.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute();
  }
}
