import { errorText } from '../../error-text.ts';
import type { Snapshot } from '../snapshot.ts';
import { rulesVersion } from './applied-rules.ts';
import type { OperatorRule } from './operator-rule.ts';
import { withRules } from './with-rules.ts';

/** Rules of another server are applied within this time, and what a statement takes. */
const POLL_MS = 2_000;

export interface RuleSource {
  /** The rules of the database, oldest first. */
  load(): Promise<readonly OperatorRule[]>;
  /** What is served, without rules. */
  base(): Snapshot;
  log: { info(about: object, message: string): void; warn(about: object, message: string): void };
  pollMs?: number;
}

/**
 * The snapshot that is served, under the rules of the operator. All servers of a database read the rules every two seconds. While the
 * database is away the last rules stay: a hidden movie stays hidden.
 */
export class OperatorRules {
  readonly #source: RuleSource;
  #rules: readonly OperatorRule[];
  #current: { base: Snapshot; rules: readonly OperatorRule[]; snapshot: Snapshot } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #isAway = false;

  constructor(source: RuleSource, rules: readonly OperatorRule[]) {
    this.#source = source;
    this.#rules = rules;
  }

  /** Reads the rules. Rejects when they cannot be read: a server that does not know them would show hidden movies. */
  static async open(source: RuleSource): Promise<OperatorRules> {
    return new OperatorRules(source, await source.load());
  }

  /** What requests are answered from. */
  get current(): Snapshot {
    const base = this.base;
    if (this.#current?.base !== base || this.#current.rules !== this.#rules)
      this.#current = { base, rules: this.#rules, snapshot: withRules(base, this.#rules) };
    return this.#current.snapshot;
  }

  /** What is served, without rules. */
  get base(): Snapshot {
    return this.#source.base();
  }

  /** The current snapshot with one rule more, for a preview. */
  currentWith(rule: OperatorRule): Snapshot {
    return withRules(this.base, [...this.#rules, rule]);
  }

  /** Reads the rules again, at once. Never rejects. Called after a change by this server. */
  async refresh(): Promise<void> {
    // What is being read may be older than the change.
    await this.#reading;
    await this.#read();
  }

  watch(): void {
    this.#timer ??= setInterval(() => void this.#read(), this.#source.pollMs ?? POLL_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#reading;
  }

  #read(): Promise<void> {
    this.#reading ??= this.#load().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #load(): Promise<void> {
    const { load, log } = this.#source;
    try {
      const rules = await load();
      this.#isAway = false;
      if (rulesVersion(rules) === rulesVersion(this.#rules)) return;
      this.#rules = rules;
      log.info({ rules: rules.length }, 'now serving under other rules of the operator');
    } catch (error) {
      if (!this.#isAway) log.warn({ reason: errorText(error) }, 'the rules of the operator cannot be read: the last ones stay');
      this.#isAway = true;
    }
  }
}
