import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { useToast } from '../../ui/Toast.tsx';

const ImportsQuery = graphql(`
  query Imports {
    viewer {
      id
      imports(first: 10) {
        id
        importedAt
        files
        movieCount
        changeCount
        undoneAt
      }
    }
  }
`);

const UndoImportMutation = graphql(`
  mutation UndoImport($id: ID!) {
    undoImport(id: $id) {
      id
      changeCount
      undoneAt
    }
  }
`);

/** The last imports, each of which can be undone as a whole. */
export function ImportList() {
  const { t } = useTranslation();
  const dates = useDates();
  const toast = useToast();
  const client = useApolloClient();
  const { data } = useQuery(ImportsQuery);
  const [undo, { loading }] = useMutation(UndoImportMutation);
  const imports = data?.viewer?.imports ?? [];
  if (imports.length === 0) return null;
  const onUndo = async (id: string): Promise<void> => {
    try {
      await undo({ variables: { id } });
      // An import that is undone changes every list.
      await client.resetStore();
    } catch {
      toast({ message: t('import.undoRefused'), urgent: true });
    }
  };
  return (
    <ul className={rows.rows} aria-label={t('import.list')}>
      {imports.map(({ id, importedAt, files, movieCount, changeCount, undoneAt }) => (
        <li key={id}>
          <div>
            <p>
              <bdi>{files.slice(0, 3).join(', ')}</bdi>
            </p>
            <p className={rows.soft}>
              {dates.dayAndTime(importedAt)} · {t('import.movies', { count: movieCount })}
            </p>
          </div>
          {undoneAt != null ? (
            <span className={rows.soft}>{t('import.undone')}</span>
          ) : changeCount === 0 ? null : (
            <Button disabled={loading} onClick={() => void onUndo(id)} aria-label={t('import.undoOf', { file: files[0] ?? '' })}>
              {t('import.undo')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
