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
      addedToWatchlist
      files {
        name
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
      taken(first: 200) {
        row
        title
        year
        rating
        reason
        movie {
          id
          title
          year
          ...Poster_movie
        }
      }
      doubtfulCount
      doubtful(first: 200) {
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
      notFound(first: 200) {
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

/** Sends the files in one request, so that their counts hold for all of them together. */
export function useImportFiles() {
  const client = useApolloClient();
  const [mutate] = useMutation(ImportHistoryMutation);
  return async (
    files: readonly HistoryFileInput[],
    { likeFrom, dislikeUpTo, choices }: ImportSettings,
    dryRun: boolean,
    signal: AbortSignal,
  ): Promise<ImportOutcome> => {
    const { data } = await mutate({
      variables: { files: [...files], dryRun, likeFrom, dislikeUpTo, choices: [...choices].map(([row, movieId]) => ({ row, movieId })) },
      fetchPolicy: 'no-cache',
      context: { fetchOptions: { signal } },
    });
    if (data === undefined || data === null) throw new Error('the import had no answer');
    // An imported history changes every list.
    if (!dryRun) await client.resetStore();
    return data.importFiles;
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
