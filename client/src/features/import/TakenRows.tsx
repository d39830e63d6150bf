import { useTranslation } from 'react-i18next';
import { useFormats } from '../../language/useFormats.ts';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './ImportReview.module.css';
import type { ImportOutcome } from './useImportFiles.ts';

interface Props {
  rows: ImportOutcome['taken'];
  leftOut: ReadonlySet<number>;
  onLeaveOut(row: number, leaveOut: boolean): void;
}

/** What each row became and why. A row can be left out. */
export function TakenRows({ rows, leftOut, onLeaveOut }: Props) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const named = (title: string, year: number | null | undefined): string => (year == null ? title : `${title} (${year})`);
  return (
    <ul className={styles.taken}>
      {rows.map(({ row, title, year, rating, reason, movie }) => (
        <li key={row}>
          <div className={styles.thumb}>
            <Poster movie={movie} />
          </div>
          <div>
            <p>
              <bdi>{named(movie.title, movie.year)}</bdi>
              {rating == null ? null : <span className={styles.soft}> · {t('stars.short', { stars: number(rating) })}</span>}
            </p>
            <p className={styles.soft}>
              {t(`import.reasons.${reason ?? 'CHOSEN'}`)}
              {title === '' || title === movie.title ? null : (
                <>
                  {' · '}
                  <bdi>{named(title, year)}</bdi>
                </>
              )}
            </p>
          </div>
          <label className={styles.leave}>
            <input type="checkbox" checked={leftOut.has(row)} onChange={(event) => onLeaveOut(row, event.target.checked)} />
            {t('import.leaveOut')}
          </label>
        </li>
      ))}
    </ul>
  );
}
