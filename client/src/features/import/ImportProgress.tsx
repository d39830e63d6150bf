import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProgressQuery as Progress } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import styles from './ImportReview.module.css';

/** Most imports are over before the first question. */
const POLL_MS = 1_000;

const ImportProgressQuery = graphql(`
  query ImportProgress {
    viewer {
      id
      importProgress {
        phase
        done
        total
      }
    }
  }
`);

type State = NonNullable<Progress['viewer']>['importProgress'];

/** How far the import is. The server is asked once a second, and only after its last answer. */
export function ImportProgress({ dryRun }: { dryRun: boolean }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [state, setState] = useState<State>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const ask = async (): Promise<void> => {
      try {
        const { data } = await client.query({ query: ImportProgressQuery, fetchPolicy: 'no-cache' });
        if (!isOver) setState(data?.viewer?.importProgress ?? null);
      } catch {
        // The import itself tells what is wrong.
      }
      if (!isOver) timer = setTimeout(() => void ask(), POLL_MS);
    };
    timer = setTimeout(() => void ask(), POLL_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client]);
  const { phase, done, total } = state ?? { phase: dryRun ? 'READING' : 'WRITING', done: 0, total: null };
  return (
    <>
      <p>{total == null ? t(dryRun ? 'import.looking' : 'import.importing') : t(`import.phases.${phase}`, { done, total })}</p>
      <progress className={styles.progress} aria-label={t('import.progress')} {...(total == null ? {} : { value: done, max: total })} />
    </>
  );
}
