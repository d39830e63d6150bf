import { useTranslation } from 'react-i18next';
import { useFormats } from '../../language/useFormats.ts';
import { Poster } from '../poster/public/Poster.tsx';
import type { PickedMovie } from '../search/public/MoviePicker.tsx';
import { ChangeMovie } from './ChangeMovie.tsx';
import styles from './ImportReview.module.css';
import type { ImportOutcome } from './useImportFiles.ts';

interface Props {
  rows: ImportOutcome['taken'];
  /** Row -> the movie that the viewer chose for it, or null for a row to leave out. */
  changes: ReadonlyMap<number, PickedMovie | null>;
  onChange(row: number, movie: PickedMovie | null | undefined): void;
}

/** What each row became and why. A row can be left out, or mean another movie. */
export function TakenRows({ rows, changes, onChange }: Props) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const named = (title: string, year: number | null | undefined): string => (year == null ? title : `${title} (${year})`);
  return (
    <ul className={styles.taken}>
      {rows.map(({ row, title, year, rating, signal, watched, listed, reason, movie }) => {
        const change = changes.get(row);
        const became = [
          rating == null ? null : t('stars.short', { stars: number(rating) }),
          watched ? t('import.became.watched') : null,
          signal === 'LIKE' || signal === 'DISLIKE' ? t(`import.became.${signal}`) : null,
          listed && !watched ? t('import.became.listed') : null,
        ].filter((one) => one !== null);
        return (
          <li key={row}>
            <div className={styles.thumb}>
              <Poster movie={movie} />
            </div>
            <div>
              <p>
                <bdi>{change == null ? named(movie.title, movie.year) : named(change.title, change.year)}</bdi>
              </p>
              <p className={styles.soft}>{became.length === 0 ? t('import.became.nothing') : became.join(' · ')}</p>
              <p className={styles.soft}>
                {t(`import.reasons.${change == null ? (reason ?? 'CHOSEN') : 'CHOSEN'}`)}
                {title === '' || (change == null && title === movie.title && year === movie.year) ? null : (
                  <>
                    {' · '}
                    {t('import.inFile')} <bdi>{named(title, year)}</bdi>
                  </>
                )}
              </p>
              <ChangeMovie title={named(title === '' ? movie.title : title, year)} onPick={(picked) => onChange(row, picked)} />
            </div>
            <label className={styles.leave}>
              <input
                type="checkbox"
                checked={change === null}
                onChange={(event) => onChange(row, event.target.checked ? null : undefined)}
              />
              {t('import.leaveOut')}
            </label>
          </li>
        );
      })}
    </ul>
  );
}
