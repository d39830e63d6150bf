import { sql } from 'kysely';
import { operatorText } from '../service-error.ts';
import type { Database } from './database.ts';

const CHECK_EVERY_MS = 2_000;
/** A database that does not answer within this counts as away. */
const MAX_ANSWER_MS = 2_000;

export interface HealthLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

/** Asks PostgreSQL every few seconds whether it is there. SQLite is a file of this machine and always is. */
export class DatabaseHealth {
  readonly #database: Database;
  readonly #log: HealthLog;
  #timer: NodeJS.Timeout | undefined;
  #checking = false;
  #away = false;

  constructor(database: Database, log: HealthLog) {
    this.#database = database;
    this.#log = log;
    if (database.kind === 'postgres') this.#timer = setInterval(() => void this.#check(), CHECK_EVERY_MS).unref();
  }

  get isAway(): boolean {
    return this.#away;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #check(): Promise<void> {
    // One check at a time: a database that hangs would otherwise collect them, and with them all connections.
    if (this.#checking) {
      this.#note(true, 'no answer');
      return;
    }
    this.#checking = true;
    const late = setTimeout(() => this.#note(true, `no answer within ${MAX_ANSWER_MS} ms`), MAX_ANSWER_MS);
    try {
      await sql`select 1`.execute(this.#database.kysely);
      this.#note(false);
    } catch (error) {
      this.#note(true, operatorText(error));
    } finally {
      clearTimeout(late);
      this.#checking = false;
    }
  }

  #note(away: boolean, reason?: string): void {
    if (away === this.#away || this.#timer === undefined) return;
    this.#away = away;
    if (away) this.#log.warn({ reason }, 'the database is away: what needs it is answered with UNAVAILABLE');
    else this.#log.info({}, 'the database is back');
  }
}
