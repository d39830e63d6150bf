import { useTranslation } from 'react-i18next';
import type { MovieSort } from '../../../generated/graphql.ts';
import { SORTS } from './movie-sort.ts';
import styles from './SortSelect.module.css';

interface Props {
  /** Undefined: best for the viewer. */
  sort: MovieSort | undefined;
  /** Offers "Best for you". */
  ranked?: boolean;
  onChange(sort: MovieSort | undefined): void;
}

/** Chooses the order of a list. */
export function SortSelect({ sort, ranked = false, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <label className={styles.sort}>
      <span>{t('sorts.label')}</span>
      <select value={sort ?? ''} onChange={(event) => onChange(SORTS.find((each) => each === event.target.value))}>
        {ranked ? <option value="">{t('sorts.best')}</option> : null}
        {SORTS.map((each) => (
          <option key={each} value={each}>
            {t(`sorts.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
