/** What a caller has spent of a budget of points in this minute. */
export interface Spending {
  budget: string;
  spent: number;
  max: number;
}

/** What an operation costs is known before it runs. What work on stored rows costs is known later, and has an upper bound of its own. */
export type WorkKind = 'operation' | 'rows';

/** Resolves when work of this price may run, with what was paid for it. Throws when it is refused. `spending` is undefined when budgets are off. */
export type Admit = (price: number, kind: WorkKind) => Promise<{ points: number; spending: Spending | undefined }>;
