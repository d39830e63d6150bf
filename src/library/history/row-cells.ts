import { type DateOrder, historyDate } from './history-date.ts';

/** The cells of one record, by the names of their columns. */
export class RowCells {
  readonly #columns: ReadonlyMap<string, number>;
  readonly #fields: readonly string[];
  readonly #order: DateOrder | undefined;

  constructor(columns: ReadonlyMap<string, number>, fields: readonly string[], order: DateOrder | undefined) {
    this.#columns = columns;
    this.#fields = fields;
    this.#order = order;
  }

  /** Text of the first of these columns that exists and is not empty. */
  text(...names: string[]): string {
    for (const name of names) {
      const column = this.#columns.get(name);
      const text = column === undefined ? '' : (this.#fields[column]?.trim() ?? '');
      if (text !== '') return text;
    }
    return '';
  }

  whole(...names: string[]): number | null {
    const text = this.text(...names);
    return /^\d{1,10}$/.test(text) && Number(text) > 0 ? Number(text) : null;
  }

  /** The number within "tt0133093", which may stand in an address. */
  imdbId(...names: string[]): number | null {
    const text = this.text(...names);
    const digits = /(?:^|\/)tt(\d{1,10})(?:$|[/?])/i.exec(text)?.[1] ?? text;
    return /^\d{1,10}$/.test(digits) && Number(digits) > 0 ? Number(digits) : null;
  }

  /** A year, or the year of a date. */
  year(...names: string[]): number | null {
    const year = /^((?:18|19|20)\d\d)(?:$|[-/.–])/.exec(this.text(...names))?.[1];
    return year === undefined ? null : Number(year);
  }

  date(...names: string[]): Date | null {
    return historyDate(this.text(...names), this.#order);
  }
}
