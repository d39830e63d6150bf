import { randomUUID } from 'node:crypto';
import { InputError } from '../../input-error.ts';
import { MAX_OPERATOR_RULES } from '../../list-caps.ts';
import { AdministrationError } from './administration-error.ts';
import { type AdministrationDatabase, type RuleRow, timeOf } from './tables.ts';

/** A rule of the operator: the movie, genre or service that it is about, and why. */
export interface NewRule {
  effect: 'HIDE' | 'PIN' | 'BOOST';
  movieId: number | null;
  genre: string | null;
  service: string | null;
  strength: number;
  /** Name of the movie, genre or service. */
  subject: string;
  reason: string;
}

export interface StoredRule extends NewRule {
  id: string;
  /** E-mail address of whoever made it. */
  createdBy: string;
  createdAt: Date;
}

/** Rules are added one after the other, so that there are never two of one kind, nor too many. */
const LOCK = 'cinematch-rules';

/** The rules of the operator. All servers of a database share them. */
export class RuleStore {
  readonly #database: AdministrationDatabase;

  constructor(database: AdministrationDatabase) {
    this.#database = database;
  }

  /** Oldest first. */
  async list(): Promise<StoredRule[]> {
    const { kysely } = this.#database;
    return (await kysely.selectFrom('cinematch_rule').selectAll().orderBy('created_at').orderBy('id').execute()).map(toRule);
  }

  /** Throws an InputError when there is a rule with this effect on the same subject. */
  async add(rule: NewRule, createdBy: string): Promise<StoredRule> {
    const { effect, movieId, genre, service, strength, subject, reason } = rule;
    return this.#database.transaction(LOCK, async (trx) => {
      const rules = await trx.selectFrom('cinematch_rule').selectAll().execute();
      const same = rules.some(
        (other) =>
          other.effect === effect &&
          (other.movie_id === null ? null : Number(other.movie_id)) === movieId &&
          other.genre === genre &&
          other.service === service,
      );
      if (same) throw new InputError('rule', `is there already: ${effect} ${subject}. Delete that rule first`);
      if (rules.length >= MAX_OPERATOR_RULES)
        throw new AdministrationError('TOO_MANY_RULES', `There are ${MAX_OPERATOR_RULES} rules. Delete some first.`);
      const row: RuleRow = {
        id: randomUUID(),
        effect,
        movie_id: movieId,
        genre,
        service,
        strength,
        subject,
        reason,
        created_by: createdBy,
        created_at: Date.now(),
      };
      await trx.insertInto('cinematch_rule').values(row).execute();
      return toRule(row);
    });
  }

  /** Returns the rule that was there. */
  async delete(id: string): Promise<StoredRule | undefined> {
    const { kysely } = this.#database;
    const row = await kysely.deleteFrom('cinematch_rule').where('id', '=', id).returningAll().executeTakeFirst();
    return row === undefined ? undefined : toRule(row);
  }
}

function toRule({ id, effect, movie_id, genre, service, strength, subject, reason, created_by, created_at }: RuleRow): StoredRule {
  return {
    id,
    effect: effect === 'HIDE' || effect === 'PIN' ? effect : 'BOOST',
    movieId: movie_id === null ? null : Number(movie_id),
    genre,
    service,
    strength,
    subject,
    reason,
    createdBy: created_by,
    createdAt: timeOf(created_at) ?? new Date(0),
  };
}
