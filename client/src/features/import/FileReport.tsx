import { useTranslation } from 'react-i18next';
import type { HistoryEntryInput, HistoryField } from '../../generated/graphql.ts';
import styles from './ImportReview.module.css';
import type { ImportOutcome } from './useImportFiles.ts';

const FIELDS: readonly HistoryField[] = [
  'TITLE',
  'ORIGINAL_TITLE',
  'YEAR',
  'IMDB_ID',
  'TMDB_ID',
  'TYPE',
  'RATING',
  'RATED_AT',
  'WATCHED_AT',
  'LISTED_AT',
  'STATUS',
];
const MEANINGS = ['WATCHED', 'TO_WATCH', 'LIKED'] as const;
const ORDERS = ['DAY_FIRST', 'MONTH_FIRST'] as const;
const SCALES = [5, 10, 100];

interface Props {
  file: ImportOutcome['files'][number];
  /** What the viewer said about the file. */
  answers: Omit<HistoryEntryInput, 'name'> | undefined;
  onChange(answers: Omit<HistoryEntryInput, 'name'>): void;
}

/** What became of one file, the questions that only the viewer can answer, and what its columns are taken for. */
export function FileReport({ file, answers, onChange }: Props) {
  const { t } = useTranslation();
  const { questions, columns, source } = file;
  const change = (more: Omit<HistoryEntryInput, 'name'>): void => {
    if (answers !== undefined) onChange({ ...answers, ...more });
  };
  const map = (column: string, field: HistoryField | null): void => {
    const others = columns.filter((one) => one.column !== column && !(field !== null && one.field === field));
    change({ source: 'GENERIC', mapping: [...others.map((one) => ({ column: one.column, field: one.field })), { column, field }] });
  };
  return (
    <li className={styles.file}>
      <p>
        <bdi>{file.name}</bdi>{' '}
        <span className={styles.soft}>
          {file.problem === null || file.problem === undefined
            ? `${source == null ? '' : t(`import.sources.${source}`)} · ${t('import.rows', { count: file.rowCount })}`
            : t('import.unread', { problem: file.problem })}
        </span>
      </p>
      {file.unreadDates === 0 ? null : <p className={styles.soft}>{t('import.unreadDates', { count: file.unreadDates })}</p>}
      {answers === undefined ? null : (
        <div className={styles.questions}>
          {questions.includes('ROW_MEANING') || file.rowsMean != null ? (
            <label>
              {t('import.rowsMean')}
              <select
                value={file.rowsMean ?? ''}
                onChange={(event) => change({ rowsMean: MEANINGS.find((one) => one === event.target.value) ?? null })}
              >
                <option value="">{t('import.choose')}</option>
                {MEANINGS.map((meaning) => (
                  <option key={meaning} value={meaning}>
                    {t(`import.meanings.${meaning}`)}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
          {questions.includes('DATE_ORDER') || answers.dateOrder != null ? (
            <label>
              {t('import.dateOrder')}
              <select
                value={answers.dateOrder ?? ''}
                onChange={(event) => change({ dateOrder: ORDERS.find((one) => one === event.target.value) ?? null })}
              >
                <option value="">{t('import.choose')}</option>
                {ORDERS.map((order) => (
                  <option key={order} value={order}>
                    {t(`import.orders.${order}`)}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
          {source === 'GENERIC' && file.ratingScale != null ? (
            <label>
              {t('import.scale')}
              <select value={file.ratingScale} onChange={(event) => change({ ratingScale: Number(event.target.value) })}>
                {SCALES.map((scale) => (
                  <option key={scale} value={scale}>
                    {t('import.outOf', { scale })}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
        </div>
      )}
      {source !== 'GENERIC' || answers === undefined ? null : (
        <details open={questions.includes('COLUMNS')}>
          <summary>{t(questions.includes('COLUMNS') ? 'import.askColumns' : 'import.columns')}</summary>
          <ul className={styles.rows}>
            {columns.map(({ column, field, sample }) => (
              <li key={column}>
                <label>
                  <span>
                    <bdi>{column}</bdi> <span className={styles.soft}>{sample}</span>
                  </span>
                  <select value={field ?? ''} onChange={(event) => map(column, FIELDS.find((one) => one === event.target.value) ?? null)}>
                    <option value="">{t('import.nothing')}</option>
                    {FIELDS.map((one) => (
                      <option key={one} value={one}>
                        {t(`import.fields.${one}`)}
                      </option>
                    ))}
                  </select>
                </label>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
