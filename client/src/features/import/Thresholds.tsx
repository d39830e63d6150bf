import { useTranslation } from 'react-i18next';
import { useFormats } from '../../language/useFormats.ts';
import styles from './ImportReview.module.css';
import type { ImportSettings } from './useImportFiles.ts';

const LIKE_FROM = [3, 3.5, 4, 4.5, 5];
const DISLIKE_UP_TO = [0.5, 1, 1.5, 2, 2.5];

/** From which stars on a rating becomes a like, and up to which a dislike. */
export function Thresholds({ settings, onChange }: { settings: ImportSettings; onChange(settings: ImportSettings): void }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const options = (values: readonly number[]) =>
    values.map((stars) => (
      <option key={stars} value={stars}>
        {t('stars.short', { stars: number(stars) })}
      </option>
    ));
  return (
    <div className={styles.questions}>
      <label>
        {t('import.likeFrom')}
        <select value={settings.likeFrom} onChange={(event) => onChange({ ...settings, likeFrom: Number(event.target.value) })}>
          {options(LIKE_FROM)}
        </select>
      </label>
      <label>
        {t('import.dislikeUpTo')}
        <select value={settings.dislikeUpTo} onChange={(event) => onChange({ ...settings, dislikeUpTo: Number(event.target.value) })}>
          {options(DISLIKE_UP_TO)}
        </select>
      </label>
    </div>
  );
}
