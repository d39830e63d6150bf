import type { Catalog } from '../../catalog/catalog.ts';
import type { HistoryImportResult } from '../import-history.ts';

/** Rows of each kind that a report lists. Its counts have all of them. */
const MAX_ROWS = 1_000;

/** What an import did, for the file beside the imported one. */
export function reportOf(result: HistoryImportResult, catalog: Catalog): object {
  const { rowCount, movieCount, files, taken, doubtful, notFound } = result;
  const { addedToWatchlist, addedToWatch, markedWatched, likes, dislikes, feedbackRemoved, ratings, plays } = result;
  return {
    rowCount,
    movieCount,
    changes: { addedToWatchlist, addedToWatch, markedWatched, likes, dislikes, feedbackRemoved, ratings, plays },
    files: files.map(({ name, problem, history }) => ({
      name,
      problem,
      source: history?.source ?? null,
      rowCount: history?.rows.length ?? 0,
      questions: history?.questions ?? [],
    })),
    takenCount: taken.length,
    doubtfulCount: doubtful.length,
    doubtful: doubtful.slice(0, MAX_ROWS).map(({ row, title, year, candidates }) => ({
      row,
      title,
      year,
      candidates: candidates.map(({ movieIndex: index }) => ({
        movieId: catalog.id(index),
        title: catalog.title(index),
        year: catalog.year(index),
      })),
    })),
    notFoundCount: notFound.length,
    notFound: notFound.slice(0, MAX_ROWS),
  };
}
