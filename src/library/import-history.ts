import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Catalog } from '../catalog/catalog.ts';
import type { MovieIndex } from '../catalog/movie-id.ts';
import { type MatchReason, type MovieMatch, matchMovies, sureMatch } from '../catalog/movie-matcher.ts';
import type { SearchableCatalog } from '../catalog/searchable-catalog.ts';
import { similarTitles } from '../catalog/similar-titles.ts';
import { titleWords } from '../engine/search/title-words.ts';
import { InputError, quoted } from '../input-error.ts';
import { checkLength, MAX_IDS } from '../list-caps.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { LibraryDependencies, Viewer } from './dependencies.ts';
import { type HistoryFile, MAX_FILES, type ReadFile } from './history/history-files.ts';
import { historyItem, signalOfRow, type Thresholds } from './history/history-items.ts';
import type { HistoryRow } from './history/history-row.ts';
import { readInThread } from './history/history-thread.ts';
import type { HistoryItem, HistoryResult } from './library-store.ts';
import { movieRecord } from './movie-record.ts';
import { mapQuotaError, quotaOf } from './quota-error.ts';
import type { ImportProgress } from './running-imports.ts';
import type { Signal } from './signal.ts';

/** The search for misspelled titles is slow, so only this many rows of a file get it. */
const MAX_SIMILAR_SEARCHES = 200;
/** The cost of a search grows with its words, so the searches of a file have this many words in all. */
const MAX_SIMILAR_WORDS = 800;
/** Rows taken between two turns of the event loop. */
const ROWS_PER_TURN = 1_000;
/** Points for reading, matching and comparing a row, and for keeping what a movie's rows say. */
const POINTS_OF_A_ROW = 0.5;
const POINTS_OF_A_STORED_MOVIE = 2;
/** As for a word of a search by callers. */
const POINTS_OF_A_SIMILAR_WORD = 35;
const MIN_RATING = 0.5;
const MAX_RATING = 5;

export interface ImportDependencies extends LibraryDependencies {
  snapshot: SearchableCatalog;
  /** `check` throws when the time of the request is up or its caller went away. */
  deadline: { check(): void };
  metrics: Pick<Metrics, 'span'>;
  /** Spends points for the rows. Throws when the caller has not enough. Left out: nobody pays. */
  charge?: (points: number) => Promise<void>;
  /** Told how far the import is. */
  report?: (progress: ImportProgress) => void;
}

export interface ImportRequest extends Thresholds {
  files: readonly HistoryFile[];
  dryRun: boolean;
  /** The movies that the viewer chose for rows, or null to leave a row out. */
  choices: readonly { row: number; movieId?: string | null }[];
  /** An import with an id that is stored is refused with a KnownImportError. Undefined: a new id. */
  importId?: string;
  /** What the viewer has removed since an earlier import stays removed. Without it, the import brings it back. */
  keepsRemovals?: boolean;
}

export type ImportProblem = 'UNKNOWN_MOVIE' | 'LEFT_OUT' | NonNullable<HistoryRow['problem']>;

interface FileRow {
  row: number;
  title: string;
  year: number | null;
}

/** A row that means one movie for sure. */
interface MatchedRow extends FileRow {
  movieIndex: MovieIndex;
  confidence: number;
  /** Null when the viewer chose the movie. */
  reason: MatchReason | null;
  rating: number | null;
  signal: Signal | null;
  watched: boolean;
  listed: boolean;
}

/** A row that may mean one of several movies. */
interface DoubtfulRow extends FileRow {
  candidates: { movieIndex: MovieIndex; confidence: number; reason: MatchReason }[];
}

interface UnmatchedRow extends FileRow {
  problem: ImportProblem;
}

export interface HistoryImportResult extends HistoryResult {
  /** Null in a dry run. */
  importId: string | null;
  dryRun: boolean;
  rowCount: number;
  /** Movies that the taken rows say something about. Several rows may mean one. */
  movieCount: number;
  files: ReadFile[];
  taken: MatchedRow[];
  doubtful: DoubtfulRow[];
  notFound: UnmatchedRow[];
}

/** Merges exports of other sites into the library. A dry run gives the same result and writes nothing. */
export async function importHistory(
  { library, snapshot, deadline, metrics, charge = async () => undefined, report = () => undefined }: ImportDependencies,
  viewer: Viewer,
  request: ImportRequest,
): Promise<HistoryImportResult> {
  checkThresholds(request);
  const check = (): void => deadline.check();
  const chosen = chosenMovies(snapshot.catalog, request.choices);
  const onRows = (done: number): void => report({ phase: 'READING', done, total: null });
  const files = await metrics.span('read import', () => readFiles(request.files, check, onRows));
  const rows = files.flatMap(({ history }) => history?.rows ?? []);
  await charge(rows.length * POINTS_OF_A_ROW);
  const onMatched = (share: number): void => report({ phase: 'MATCHING', done: Math.floor(share * rows.length), total: rows.length });
  const matches = await candidatesOf(snapshot, rows, check, charge, onMatched);
  const taken: MatchedRow[] = [];
  const doubtful: DoubtfulRow[] = [];
  const notFound: UnmatchedRow[] = [];
  const rowsByMovie = new Map<MovieIndex, HistoryRow[]>();
  for (const [i, row] of rows.entries()) {
    if (i % ROWS_PER_TURN === 0) {
      check();
      await nextTurn();
    }
    const { title, year, rating, watched, listed } = row;
    const fileRow = { row: row.row, title, year };
    const choice = chosen.get(row.row);
    const match = choice === undefined ? sureMatch(matches[i]) : choice && { index: choice.index, confidence: 1, reason: null };
    if (match === null) {
      notFound.push({ ...fileRow, problem: 'LEFT_OUT' });
    } else if (match !== undefined) {
      const { index: movieIndex, confidence, reason } = match;
      taken.push({ ...fileRow, movieIndex, confidence, reason, rating, signal: signalOfRow(row, request), watched, listed });
      const known = rowsByMovie.get(match.index);
      if (!saysSomething(row)) continue;
      if (known === undefined) rowsByMovie.set(match.index, [row]);
      else known.push(row);
    } else if (matches[i].length > 0) {
      doubtful.push({ ...fileRow, candidates: matches[i].map(({ index, ...match }) => ({ movieIndex: index, ...match })) });
    } else notFound.push({ ...fileRow, problem: row.problem ?? 'UNKNOWN_MOVIE' });
  }
  const items: HistoryItem[] = [];
  for (const [index, movieRows] of rowsByMovie) {
    if (items.length % ROWS_PER_TURN === 0) {
      check();
      await nextTurn();
    }
    items.push(historyItem(movieRecord(snapshot.catalog, index), movieRows, request));
  }
  if (!request.dryRun) await charge(items.length * POINTS_OF_A_STORED_MOVIE);
  check();
  const importId = request.importId ?? randomUUID();
  const origin = { importId, files: files.map(({ name }) => name || 'text').slice(0, MAX_FILES), rowCount: rows.length };
  const onWritten = (done: number, total: number): void => report({ phase: 'WRITING', done, total });
  const { dryRun, keepsRemovals = false } = request;
  const options = { dryRun, keepsRemovals, max: quotaOf(viewer), origin, onWritten };
  const changes = await mapQuotaError(library.mergeHistory(viewer.userId, items, new Date(), options), 'text');
  return {
    importId: request.dryRun ? null : importId,
    dryRun: request.dryRun,
    rowCount: rows.length,
    movieCount: rowsByMovie.size,
    files,
    taken,
    doubtful,
    notFound,
    ...changes,
  };
}

/** False for a row that names a movie and nothing about it, such as a rating of 0. */
function saysSomething({ rating, watched, listed, feedback, plays }: HistoryRow): boolean {
  return rating !== null || watched || listed || feedback !== null || plays.length > 0;
}

/** Row number -> the movie that the viewer chose for it, or null for a row to leave out. */
function chosenMovies(catalog: Catalog, choices: ImportRequest['choices']): Map<number, { index: MovieIndex } | null> {
  checkLength('choices', choices, MAX_IDS);
  return new Map(
    choices.map(({ row, movieId }, i) => {
      if (movieId === null || movieId === undefined) return [row, null];
      const index = catalog.indexOf(movieId);
      if (index === undefined) throw new InputError(`choices[${i}].movieId`, `${quoted(movieId)} is not a movie of the catalog`);
      return [row, { index }];
    }),
  );
}

function checkThresholds({ likeFrom, dislikeUpTo }: Thresholds): void {
  for (const [argument, value] of Object.entries({ likeFrom, dislikeUpTo })) {
    if (value >= MIN_RATING && value <= MAX_RATING) continue;
    const bounds = { min: MIN_RATING, max: MAX_RATING };
    throw new InputError(argument, `is ${value}; it must be from ${MIN_RATING} to ${MAX_RATING}`, bounds);
  }
  if (dislikeUpTo >= likeFrom) throw new InputError('dislikeUpTo', `is ${dislikeUpTo}; it must be below likeFrom, which is ${likeFrom}`);
}

/** Throws an InputError when there is a single file and it cannot be read. One of several files is reported and left out. */
async function readFiles(files: readonly HistoryFile[], check: () => void, onRows: (count: number) => void): Promise<ReadFile[]> {
  checkLength('files', files, MAX_FILES);
  const read = await readInThread(files, check, onRows);
  const [first] = read;
  if (read.length === 0) throw new InputError('files', 'is empty; at least one file is needed');
  if (read.every(({ history }) => history === null) && first.problem !== null)
    throw new InputError(first.name === '' ? 'text' : 'files', `${first.name === '' ? '' : `${first.name} `}${first.problem}`);
  return read;
}

/** The candidates of each row, best first. A series is looked up by its ids only, an episode or an unreadable row not at all. */
async function candidatesOf(
  snapshot: ImportDependencies['snapshot'],
  rows: readonly HistoryRow[],
  check: () => void,
  charge: (points: number) => Promise<void>,
  onMatched: (share: number) => void,
): Promise<MovieMatch[][]> {
  const nothing = { movieId: null, imdbId: null, tmdbId: null, title: '', year: null };
  const clues = rows.map((row) => (row.problem === null ? row : row.problem === 'SERIES' ? { ...row, title: '' } : nothing));
  const matches = await matchMovies(snapshot.catalog, clues, check, onMatched);
  const searched: number[] = [];
  let words = 0;
  for (const [i, { title, problem }] of rows.entries()) {
    if (matches[i].length > 0 || problem !== null || title === '') continue;
    const more = titleWords(title).words.length;
    if (searched.length === MAX_SIMILAR_SEARCHES || words + more > MAX_SIMILAR_WORDS) break;
    searched.push(i);
    words += more;
  }
  await charge(words * POINTS_OF_A_SIMILAR_WORD);
  for (const i of searched) {
    check();
    await nextTurn();
    matches[i] = await similarTitles(snapshot, rows[i].title, rows[i].year);
  }
  return matches;
}
