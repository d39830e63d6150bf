import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import styles from './ImportReview.module.css';
import type { ImportOutcome } from './useImportHistory.ts';

interface Props {
  outcome: ImportOutcome;
  onImport(choices: ReadonlyMap<number, string>): void;
  onCancel(): void;
}

/** Shows what the import would take, and asks which movie each ambiguous row means. Rows without an answer are left out. */
export function ImportReview({ outcome, onImport, onCancel }: Props) {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<ReadonlyMap<number, string>>(new Map());
  const { doubtful, notFound } = outcome;
  const choose = (row: number, movieId: string): void => {
    const next = new Map(choices);
    if (movieId === '') next.delete(row);
    else next.set(row, movieId);
    setChoices(next);
  };
  const named = (title: string, year: number | null | undefined): string => (year == null ? title : `${title} (${year})`);
  return (
    <div className={styles.review}>
      <p role="status">{t('import.found', { count: outcome.taken, rows: outcome.rows })}</p>
      <ul className={styles.counts}>
        <li>{t('import.likes', { count: outcome.likes })}</li>
        <li>{t('import.dislikes', { count: outcome.dislikes })}</li>
        <li>{t('import.listed', { count: outcome.addedToWatchlist })}</li>
      </ul>
      {doubtful.length === 0 ? null : (
        <section>
          <h3>{t('import.doubtful', { count: doubtful.length })}</h3>
          <ul className={styles.rows}>
            {doubtful.map(({ row, title, year, candidates }) => (
              <li key={row}>
                <label>
                  <span>{named(title, year)}</span>
                  <select value={choices.get(row) ?? ''} onChange={(event) => choose(row, event.target.value)}>
                    <option value="">{t('import.leaveOut')}</option>
                    {candidates.map(({ movie }) => (
                      <option key={movie.id} value={movie.id}>
                        {[named(movie.title, movie.year), ...movie.directors.slice(0, 1)].join(' · ')}
                      </option>
                    ))}
                  </select>
                </label>
              </li>
            ))}
          </ul>
        </section>
      )}
      {notFound.length === 0 ? null : (
        <details>
          <summary>{t('import.notFound', { count: notFound.length })}</summary>
          <ul className={styles.missing}>
            {notFound.slice(0, 200).map(({ row, title, year, problem }) => (
              <li key={row}>
                {named(title === '' ? t('import.row', { row }) : title, year)} · {t(`import.problems.${problem}`)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className={styles.actions}>
        <Button variant="primary" onClick={() => onImport(choices)}>
          {t('import.import', { count: outcome.taken + choices.size })}
        </Button>
        <Button onClick={onCancel}>{t('import.cancel')}</Button>
      </div>
    </div>
  );
}
