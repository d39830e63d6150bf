import type { HistorySource } from '../../generated/graphql.ts';

export const SOURCES: readonly HistorySource[] = [
  'LETTERBOXD_RATINGS',
  'LETTERBOXD_WATCHED',
  'LETTERBOXD_WATCHLIST',
  'LETTERBOXD_DIARY',
  'IMDB_RATINGS',
  'IMDB_WATCHLIST',
  'LETTERBOXD_LIKES',
  'LETTERBOXD_LIST',
  'TRAKT',
  'SIMKL',
  'TMDB',
  'MOVIELENS',
  'CINEMATCH',
  'GENERIC',
];

/** A part of a file that can be sent on its own: it repeats the header. */
export interface HistoryPart {
  text: string;
  /** Number of rows before this part. */
  before: number;
  rows: number;
}

/** The CSV records of the text, each with its line end. Line breaks within quotes belong to the field. */
export function csvRecords(text: string): string[] {
  const records: string[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === '\n' && !quoted) {
      records.push(text.slice(start, i + 1));
      start = i + 1;
    }
  }
  if (start < text.length) records.push(text.slice(start));
  return records.filter((record) => record.trim() !== '');
}

/** Parts of at most `size` rows, in the order of the file. None when the file has only a header. */
export function historyParts(text: string, size: number): HistoryPart[] {
  const [header, ...rows] = csvRecords(text.replace(/^\uFEFF/, ''));
  if (header === undefined) return [];
  const head = header.endsWith('\n') ? header : `${header}\n`;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => {
    const ofPart = rows.slice(n * size, (n + 1) * size);
    return { text: head + ofPart.join(''), before: n * size, rows: ofPart.length };
  });
}

/** The site that wrote the file, recognised by its columns, then by its name. Undefined when neither is known. */
export function sourceOf(text: string, fileName: string): HistorySource | undefined {
  const columns = (csvRecords(text.slice(0, 4_096).replace(/^\uFEFF/, ''))[0] ?? '')
    .toLowerCase()
    .split(',')
    .map((column) => column.trim().replaceAll('"', ''));
  const has = (...names: string[]): boolean => names.every((name) => columns.includes(name));
  if (has('letterboxd uri')) {
    if (has('watched date')) return 'LETTERBOXD_DIARY';
    if (has('rating')) return 'LETTERBOXD_RATINGS';
    return /watchlist/i.test(fileName) ? 'LETTERBOXD_WATCHLIST' : 'LETTERBOXD_WATCHED';
  }
  if (has('const')) return has('your rating') && !has('position') && !has('created') ? 'IMDB_RATINGS' : 'IMDB_WATCHLIST';
  if (has('movieid', 'rating') || has('movie_id', 'rating')) return 'MOVIELENS';
  if (['rated_at', 'watched_at', 'last_watched_at', 'listed_at', 'trakt_rating'].some((name) => has(name))) return 'TRAKT';
  if (has('name', 'rating')) return 'LETTERBOXD_RATINGS';
  return undefined;
}
