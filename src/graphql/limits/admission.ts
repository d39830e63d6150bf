/** What a caller has spent of a budget of points in this minute. */
export interface Spending {
  budget: string;
  spent: number;
  max: number;
}

/** Work on stored rows: what it costs is known while the operation runs, and has an upper bound of its own. */
export type WorkKind = 'rows';

/** Resolves when work of this price may run, with what was paid for it. Throws when it is refused. `spending` is undefined when budgets are off. */
export type Admit = (price: number, kind?: WorkKind) => Promise<{ points: number; spending: Spending | undefined }>;
