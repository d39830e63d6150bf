import type { MovieIndex } from '../catalog/catalog.ts';
import { type MovieMatch, matchMovies, sureMatch } from '../catalog/movie-matcher.ts';
import { similarTitles } from '../catalog/similar-titles.ts';
import { requireWriter } from '../graphql/authorization.ts';
import type { RequestContext, Snapshot } from '../graphql/context.ts';
import type { HistoryImport, ImportChoice, ImportProblemValue } from '../graphql/library/history-import.type.ts';
import { checkLength, MAX_IDS } from '../graphql/limits/list-caps.ts';
import { InputError, quoted } from '../input-error.ts';
import { historyItem, signalOfRating, type Thresholds } from './history/history-items.ts';
import { HistoryFormatError, type HistoryRow, type HistorySource, readHistory } from './history/read-history.ts';
import { movieRecord } from './movie-record.ts';
import { mapQuotaError } from './watchlist.ts';

/** Titles without a match are looked for with typing errors, which takes longer, for so many rows of a file. */
const MAX_SIMILAR_SEARCHES = 200;
const LOWEST_RATING = 0.5;
const HIGHEST_RATING = 5;

export interface ImportArguments extends Thresholds {
  text: string;
  source: HistorySource;
  dryRun: boolean;
  choices: readonly ImportChoice[];
}

export async function importHistory(context: RequestContext, args: ImportArguments): Promise<HistoryImport> {
  const { userId } = await requireWriter(context);
  checkThresholds(args);
  const { snapshot, library, deadline } = context;
  const rows = rowsOf(args);
  const chosen = chosenMovies(snapshot, args.choices);
  deadline.check();
  const matches = await candidatesOf(snapshot, rows);
  const taken: HistoryImport['taken'] = [];
  const doubtful: HistoryImport['doubtful'] = [];
  const notFound: HistoryImport['notFound'] = [];
  const byMovie = new Map<MovieIndex, HistoryRow[]>();
  rows.forEach((row, i) => {
    const { title, year, rating, watched, listed } = row;
    const about = { row: row.row, title, year };
    const choice = chosen.get(row.row);
    const sure = choice === undefined ? sureMatch(matches[i]) : { index: choice, confidence: 1 };
    if (sure !== undefined) {
      const signal = signalOfRating(rating, args);
      taken.push({ ...about, movieIndex: sure.index, confidence: sure.confidence, rating, signal, watched, listed });
      byMovie.set(sure.index, [...(byMovie.get(sure.index) ?? []), row]);
    } else if (matches[i].length > 0) {
      doubtful.push({ ...about, candidates: matches[i].map(({ index, confidence }) => ({ movieIndex: index, confidence })) });
    } else notFound.push({ ...about, problem: problemOf(row) });
  });
  deadline.check();
  const items = [...byMovie].map(([index, ofMovie]) => historyItem(movieRecord(snapshot.catalog, index), ofMovie, args));
  const changes = await mapQuotaError(library.takeHistory(userId, items, new Date(), args.dryRun), 'text');
  context.loaders.viewerFeedback.clearAll();
  context.loaders.watchlistEntry.clearAll();
  return { dryRun: args.dryRun, rowCount: rows.length, taken, doubtful, notFound, ...changes };
}

/** Which movie each row means, as far as the viewer has said. */
function chosenMovies({ catalog }: Snapshot, choices: readonly ImportChoice[]): Map<number, MovieIndex> {
  checkLength('choices', choices, MAX_IDS);
  return new Map(
    choices.map(({ row, movieId }, i) => {
      const index = catalog.indexOf(movieId);
      if (index === undefined) throw new InputError(`choices[${i}].movieId`, `${quoted(movieId)} is no movie of the catalogue`);
      return [row, index];
    }),
  );
}

function checkThresholds({ likeFrom, dislikeUpTo }: Thresholds): void {
  for (const [argument, value] of Object.entries({ likeFrom, dislikeUpTo })) {
    if (value >= LOWEST_RATING && value <= HIGHEST_RATING) continue;
    throw new InputError(argument, `is ${value}; it must be from ${LOWEST_RATING} to ${HIGHEST_RATING}`, {
      min: LOWEST_RATING,
      max: HIGHEST_RATING,
    });
  }
  if (dislikeUpTo >= likeFrom) throw new InputError('dislikeUpTo', `is ${dislikeUpTo}; it must be below likeFrom, which is ${likeFrom}`);
}

function rowsOf({ text, source }: ImportArguments): HistoryRow[] {
  try {
    return readHistory(text, source);
  } catch (error) {
    if (error instanceof HistoryFormatError) throw new InputError('text', error.message);
    throw error;
  }
}

async function candidatesOf(snapshot: Snapshot, rows: readonly HistoryRow[]): Promise<MovieMatch[][]> {
  const nothing = { movieId: null, imdbId: null, tmdbId: null, title: '', year: null };
  const clues = rows.map((row) => (row.problem === null ? row : row.problem === 'SERIES' ? { ...row, title: '' } : nothing));
  const matches = await matchMovies(snapshot.catalog, clues);
  let searches = 0;
  for (const [i, { title, year, problem }] of rows.entries()) {
    if (matches[i].length > 0 || problem !== null || title === '') continue;
    if (++searches > MAX_SIMILAR_SEARCHES) break;
    matches[i] = await similarTitles(snapshot, title, year);
  }
  return matches;
}

function problemOf({ problem }: HistoryRow): ImportProblemValue {
  return problem ?? 'UNKNOWN_MOVIE';
}
