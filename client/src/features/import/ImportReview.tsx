import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntryInput, HistoryFileInput } from '../../generated/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import type { PickedMovie } from '../search/public/MoviePicker.tsx';
import { ChangeMovie } from './ChangeMovie.tsx';
import { FileReport } from './FileReport.tsx';
import styles from './ImportReview.module.css';
import { TakenRows } from './TakenRows.tsx';
import { Thresholds } from './Thresholds.tsx';
import { hasMoreRows, type ImportOutcome, type ImportSettings } from './useImportFiles.ts';

interface Props {
  inputs: readonly HistoryFileInput[];
  outcome: ImportOutcome;
  settings: ImportSettings;
  onSettings(settings: ImportSettings): void;
  /** Reads the files again, with other answers or thresholds. */
  onReread(inputs: readonly HistoryFileInput[], settings: ImportSettings): void;
  /** Shows more rows of each kind. */
  onMore(): void;
  onImport(): void;
  onCancel(): void;
}

/** Shows what the import would take and why, and asks what only the viewer knows. Rows without an answer are left out. */
export function ImportReview({ inputs, outcome, settings, onSettings, onReread, onMore, onImport, onCancel }: Props) {
  const { t } = useTranslation();
  const { doubtful, notFound, taken, files } = outcome;
  const { choices } = settings;
  const choose = (row: number, movieId: string | null | undefined): void => {
    const next = new Map(choices);
    if (movieId === undefined) next.delete(row);
    else next.set(row, movieId);
    onSettings({ ...settings, choices: next });
  };
  // The settings hold ids, so the titles of found movies are kept here.
  const [picked, setPicked] = useState<ReadonlyMap<string, PickedMovie>>(new Map());
  const change = (row: number, movie: PickedMovie | null | undefined): void => {
    if (movie != null) setPicked(new Map(picked).set(movie.id, movie));
    choose(row, movie === null || movie === undefined ? movie : movie.id);
  };
  const changes = new Map([...choices].map(([row, movieId]) => [row, movieId === null ? null : (picked.get(movieId) ?? null)] as const));
  const movieCount = movieCountWith(outcome, choices);
  const named = (title: string, year: number | null | undefined): string => (year == null ? title : `${title} (${year})`);
  return (
    <div className={styles.review}>
      <p role="status">
        {outcome.rowCount === 0 ? t('import.noRows') : t('import.found', { count: outcome.takenCount, rows: outcome.rowCount })}
      </p>
      {outcome.rowCount === 0 ? null : (
        <ul className={styles.counts}>
          <li>{t('import.ratings', { count: outcome.ratings })}</li>
          <li>{t('import.plays', { count: outcome.plays })}</li>
          <li>{t('import.likes', { count: outcome.likes })}</li>
          <li>{t('import.dislikes', { count: outcome.dislikes })}</li>
          <li>{t('import.listed', { count: outcome.addedToWatch })}</li>
        </ul>
      )}
      <ul className={styles.files}>
        {files.map((file) => {
          const at = inputs.findIndex(({ name }) => name === (file.archive ?? file.name));
          const input = inputs[at];
          return (
            <FileReport
              key={`${file.archive ?? ''}/${file.name}`}
              file={file}
              answers={input === undefined ? undefined : answersFor(input, file)}
              onChange={(answers) => onReread(inputs.with(at, withAnswers(input, file, answers)), { ...settings, choices: new Map() })}
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
          <TakenRows rows={taken} changes={changes} onChange={change} />
        </details>
      )}
      {notFound.length === 0 ? null : (
        <details>
          <summary>{t('import.notFound', { count: outcome.notFoundCount })}</summary>
          <ul className={styles.missing}>
            {notFound.map(({ row, title, year, problem }) => (
              <li key={row}>
                <bdi>{named(title === '' ? t('import.row', { row }) : title, year)}</bdi> · {t(`import.problems.${problem}`)}
                {problem !== 'UNKNOWN_MOVIE' ? null : changes.get(row) == null ? (
                  <ChangeMovie title={named(title, year)} onPick={(movie) => change(row, movie)} />
                ) : (
                  <>
                    {' → '}
                    <bdi>{named(changes.get(row)?.title ?? '', changes.get(row)?.year)}</bdi>
                  </>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {hasMoreRows(outcome) ? <Button onClick={onMore}>{t('import.more')}</Button> : null}
      <div className={styles.actions}>
        <Button variant="primary" disabled={movieCount === 0} onClick={onImport}>
          {t('import.import', { count: movieCount })}
        </Button>
        <Button onClick={onCancel}>{t('import.cancel')}</Button>
      </div>
    </div>
  );
}

type Answers = Omit<HistoryEntryInput, 'name'>;

/** What the viewer said about a file, which may be within a zip. */
function answersFor(input: HistoryFileInput, { name, archive }: ImportOutcome['files'][number]): Answers {
  return archive == null ? input : (input.entries?.find((entry) => entry.name === name) ?? {});
}

function withAnswers(input: HistoryFileInput, { name, archive }: ImportOutcome['files'][number], answers: Answers): HistoryFileInput {
  if (archive == null) return { ...input, ...answers };
  const others = (input.entries ?? []).filter((entry) => entry.name !== name);
  return { ...input, entries: [...others, { ...answers, name }] };
}

/** Movies that the import would take, with the choices. Several rows may mean one movie. */
function movieCountWith({ movieCount, taken }: ImportOutcome, choices: ImportSettings['choices']): number {
  const before = new Set(taken.map(({ movie }) => movie.id));
  const after = new Set(taken.filter(({ row }) => !choices.has(row)).map(({ movie }) => movie.id));
  for (const movieId of choices.values()) if (movieId !== null) after.add(movieId);
  return movieCount - before.size + after.size;
}
