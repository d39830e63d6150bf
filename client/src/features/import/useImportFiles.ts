import { useApolloClient, useMutation } from '@apollo/client/react';
import type { HistoryFileInput, ImportHistoryMutation as Imported } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';

const ImportHistoryMutation = graphql(`
  mutation ImportHistory(
    $files: [HistoryFileInput!]!
    $dryRun: Boolean!
    $choices: [ImportChoice!]!
    $likeFrom: Float!
    $dislikeUpTo: Float!
    $takenFrom: Int!
    $doubtfulFrom: Int!
    $notFoundFrom: Int!
  ) {
    importFiles(files: $files, dryRun: $dryRun, choices: $choices, likeFrom: $likeFrom, dislikeUpTo: $dislikeUpTo) {
      importId
      rowCount
      movieCount
      likes
      dislikes
      feedbackRemoved
      ratings
      plays
      addedToWatch
      files {
        name
        archive
        rowsMean
        problem
        source
        rowCount
        questions
        ratingScale
        unreadDates
        columns {
          column
          field
          sample
        }
      }
      takenCount
      taken(first: 200, offset: $takenFrom) {
        row
        title
        year
        rating
        signal
        watched
        listed
        reason
        movie {
          id
          title
          year
          ...Poster_movie
        }
      }
      doubtfulCount
      doubtful(first: 200, offset: $doubtfulFrom) {
        row
        title
        year
        candidates {
          movie {
            id
            title
            year
            directors
          }
        }
      }
      notFoundCount
      notFound(first: 200, offset: $notFoundFrom) {
        row
        title
        year
        problem
      }
    }
  }
`);

export type ImportOutcome = Imported['importFiles'];

export interface ImportSettings {
  likeFrom: number;
  dislikeUpTo: number;
  /** Row -> the movie that is meant, or null for a row to leave out. */
  choices: ReadonlyMap<number, string | null>;
}

const NOTHING_SHOWN = { taken: [], doubtful: [], notFound: [] };

/** Whether rows of the outcome are not shown yet. */
export function hasMoreRows({ taken, takenCount, doubtful, doubtfulCount, notFound, notFoundCount }: ImportOutcome): boolean {
  return taken.length < takenCount || doubtful.length < doubtfulCount || notFound.length < notFoundCount;
}

/** Sends the files in one request, so that their counts hold for all of them together. Rows that are `shown` come first in the outcome. */
export function useImportFiles() {
  const client = useApolloClient();
  const [mutate] = useMutation(ImportHistoryMutation);
  return async (
    files: readonly HistoryFileInput[],
    { likeFrom, dislikeUpTo, choices }: ImportSettings,
    dryRun: boolean,
    signal: AbortSignal,
    shown: Pick<ImportOutcome, 'taken' | 'doubtful' | 'notFound'> = NOTHING_SHOWN,
  ): Promise<ImportOutcome> => {
    const { data } = await mutate({
      variables: {
        files: [...files],
        dryRun,
        likeFrom,
        dislikeUpTo,
        choices: [...choices].map(([row, movieId]) => ({ row, movieId })),
        takenFrom: shown.taken.length,
        doubtfulFrom: shown.doubtful.length,
        notFoundFrom: shown.notFound.length,
      },
      fetchPolicy: 'no-cache',
      context: { fetchOptions: { signal } },
    });
    if (data === undefined || data === null) throw new Error('the import had no answer');
    // An imported history changes every list.
    if (!dryRun) await client.resetStore();
    const { taken, doubtful, notFound, ...outcome } = data.importFiles;
    return {
      ...outcome,
      taken: [...shown.taken, ...taken],
      doubtful: [...shown.doubtful, ...doubtful],
      notFound: [...shown.notFound, ...notFound],
    };
  };
}

/** The file as the server takes it. */
export async function fileInput(file: File): Promise<HistoryFileInput> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // A call takes a limited number of arguments.
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return { name: file.name, base64: btoa(binary) };
}
