import type { DateOrder } from './history-date.ts';
import type { HistoryField } from './history-fields.ts';
import type { HistorySource } from './history-source.ts';

/** What the rows of a file mean whose columns do not tell. */
export type RowMeaning = 'WATCHED' | 'TO_WATCH' | 'LIKED';

/** What the viewer says about a file. Undefined: told by the file. */
export interface ReadOptions {
  source?: HistorySource | undefined;
  rowsMean?: RowMeaning | undefined;
  dateOrder?: DateOrder | undefined;
  /** Greatest rating of the file's scale: 5, 10 or 100. */
  ratingScale?: number | undefined;
  /** A list that is not the watchlist is left out until `rowsMean` is given. Else its movies are to be watched. */
  asksAboutLists?: boolean;
  /** A table of which no column is known is asked about, instead of being refused. */
  asksAboutColumns?: boolean;
  /** Column -> what it holds, or null for nothing. Columns that are left out are guessed. */
  mapping?: readonly { column: string; field: HistoryField | null }[];
}
