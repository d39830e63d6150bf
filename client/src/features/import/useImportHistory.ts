import { useApolloClient, useMutation } from '@apollo/client/react';
import type { HistorySource, ImportHistoryMutation as Imported } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import type { HistoryPart } from './history-file.ts';

const ImportHistoryMutation = graphql(`
  mutation ImportHistory($text: String!, $source: HistorySource!, $dryRun: Boolean!, $choices: [ImportChoice!]!) {
    importHistory(text: $text, source: $source, dryRun: $dryRun, choices: $choices) {
      rowCount
      likes
      dislikes
      addedToWatchlist
      markedWatched
      taken {
        row
      }
      doubtful {
        row
        title
        year
        candidates {
          confidence
          movie {
            id
            title
            year
            directors
          }
        }
      }
      notFound {
        row
        title
        year
        problem
      }
    }
  }
`);

type Answer = Imported['importHistory'];

/** The result for a whole file. Row numbers count through the file. */
export interface ImportOutcome {
  rows: number;
  taken: number;
  likes: number;
  dislikes: number;
  addedToWatchlist: number;
  markedWatched: number;
  doubtful: Answer['doubtful'];
  notFound: Answer['notFound'];
}

/** Sends a file part by part and reports its progress. */
export function useImportHistory() {
  const client = useApolloClient();
  const [mutate] = useMutation(ImportHistoryMutation);
  return async (
    parts: readonly HistoryPart[],
    source: HistorySource,
    { dryRun, choices, onProgress }: { dryRun: boolean; choices: ReadonlyMap<number, string>; onProgress(done: number): void },
  ): Promise<ImportOutcome> => {
    const outcome: ImportOutcome = {
      rows: 0,
      taken: 0,
      likes: 0,
      dislikes: 0,
      addedToWatchlist: 0,
      markedWatched: 0,
      doubtful: [],
      notFound: [],
    };
    for (const [n, { text, before, rows }] of parts.entries()) {
      const ofPart = [...choices].filter(([row]) => row > before && row <= before + rows);
      const { data } = await mutate({
        variables: { text, source, dryRun, choices: ofPart.map(([row, movieId]) => ({ row: row - before, movieId })) },
        fetchPolicy: 'no-cache',
      });
      if (data !== undefined && data !== null) add(outcome, data.importHistory, before);
      onProgress((n + 1) / parts.length);
    }
    // An imported history changes every list.
    if (!dryRun) await client.resetStore();
    return outcome;
  };
}

function add(outcome: ImportOutcome, part: Answer, before: number): void {
  outcome.rows += part.rowCount;
  outcome.taken += part.taken.length;
  outcome.likes += part.likes;
  outcome.dislikes += part.dislikes;
  outcome.addedToWatchlist += part.addedToWatchlist;
  outcome.markedWatched += part.markedWatched;
  outcome.doubtful = [...outcome.doubtful, ...part.doubtful.map((row) => ({ ...row, row: row.row + before }))];
  outcome.notFound = [...outcome.notFound, ...part.notFound.map((row) => ({ ...row, row: row.row + before }))];
}
