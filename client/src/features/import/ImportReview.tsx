import { useTranslation } from 'react-i18next';
import type { HistoryFileInput } from '../../generated/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import { FileReport } from './FileReport.tsx';
import styles from './ImportReview.module.css';
import { TakenRows } from './TakenRows.tsx';
import { Thresholds } from './Thresholds.tsx';
import type { ImportOutcome, ImportSettings } from './useImportFiles.ts';

interface Props {
  inputs: readonly HistoryFileInput[];
  outcome: ImportOutcome;
  settings: ImportSettings;
  onSettings(settings: ImportSettings): void;
  /** Reads the files again, with other answers or thresholds. */
  onReread(inputs: readonly HistoryFileInput[], settings: ImportSettings): void;
  onImport(): void;
  onCancel(): void;
}

/** Shows what the import would take and why, and asks what only the viewer knows. Rows without an answer are left out. */
export function ImportReview({ inputs, outcome, settings, onSettings, onReread, onImport, onCancel }: Props) {
  const { t } = useTranslation();
  const { doubtful, notFound, taken, files } = outcome;
  const { choices } = settings;
  const choose = (row: number, movieId: string | null | undefined): void => {
    const next = new Map(choices);
    if (movieId === undefined) next.delete(row);
    else next.set(row, movieId);
    onSettings({ ...settings, choices: next });
  };
  const leftOut = new Set([...choices].flatMap(([row, movieId]) => (movieId === null ? [row] : [])));
  const chosen = [...choices.values()].filter((movieId) => movieId !== null).length;
  const leftOutMovies = new Set(taken.filter(({ row }) => leftOut.has(row)).map(({ movie }) => movie.id)).size;
  const named = (title: string, year: number | null | undefined): string => (year == null ? title : `${title} (${year})`);
  return (
    <div className={styles.review}>
      <p role="status">{t('import.found', { count: outcome.takenCount, rows: outcome.rowCount })}</p>
      <ul className={styles.counts}>
        <li>{t('import.ratings', { count: outcome.ratings })}</li>
        <li>{t('import.plays', { count: outcome.plays })}</li>
        <li>{t('import.likes', { count: outcome.likes })}</li>
        <li>{t('import.dislikes', { count: outcome.dislikes })}</li>
        <li>{t('import.listed', { count: outcome.addedToWatchlist })}</li>
      </ul>
      <ul className={styles.files}>
        {files.map((file) => {
          const at = inputs.findIndex(({ name }) => name === file.name);
          return (
            <FileReport
              key={file.name}
              file={file}
              input={inputs[at]}
              onChange={(input) => onReread(inputs.with(at, input), { ...settings, choices: new Map() })}
            />
          );
        })}
      </ul>
      <Thresholds settings={settings} onChange={(next) => onReread(inputs, next)} />
      {doubtful.length === 0 ? null : (
        <section>
          <h3>{t('import.doubtful', { count: outcome.doubtfulCount })}</h3>
          <ul className={styles.rows}>
            {doubtful.map(({ row, title, year, candidates }) => (
              <li key={row}>
                <label>
                  <span>{named(title, year)}</span>
                  <select
                    value={choices.get(row) ?? ''}
                    onChange={(event) => choose(row, event.target.value === '' ? undefined : event.target.value)}
                  >
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
      {taken.length === 0 ? null : (
        <details>
          <summary>{t('import.taken', { count: outcome.takenCount })}</summary>
          <TakenRows rows={taken} leftOut={leftOut} onLeaveOut={(row, leaveOut) => choose(row, leaveOut ? null : undefined)} />
        </details>
      )}
      {notFound.length === 0 ? null : (
        <details>
          <summary>{t('import.notFound', { count: outcome.notFoundCount })}</summary>
          <ul className={styles.missing}>
            {notFound.map(({ row, title, year, problem }) => (
              <li key={row}>
                {named(title === '' ? t('import.row', { row }) : title, year)} · {t(`import.problems.${problem}`)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <div className={styles.actions}>
        <Button variant="primary" disabled={outcome.movieCount + chosen - leftOutMovies === 0} onClick={onImport}>
          {t('import.import', { count: outcome.movieCount + chosen - leftOutMovies })}
        </Button>
        <Button onClick={onCancel}>{t('import.cancel')}</Button>
      </div>
    </div>
  );
}
