/** What a caller has spent of a budget of points in this minute. */
export interface Spending {
  budget: string;
  spent: number;
  max: number;
}

/** Resolves when an operation of this price may run. Undefined when budgets are off. Throws when the operation is refused. */
export type Admit = (price: number) => Promise<Spending | undefined>;
