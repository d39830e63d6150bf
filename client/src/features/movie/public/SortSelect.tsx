import { useTranslation } from 'react-i18next';
import type { MovieSort } from '../../../generated/graphql.ts';
import styles from './SortSelect.module.css';

const SORTS = ['POPULAR', 'BEST_RATED', 'NEWEST', 'OLDEST', 'SHORTEST'] as const satisfies readonly MovieSort[];
const PARAMETER = 'sort';

/** The sort in the address; undefined where it is left out. */
export function sortOf(search: URLSearchParams): MovieSort | undefined {
  const value = search.get(PARAMETER);
  return SORTS.find((sort) => value === sort.toLowerCase().replace('_', '-'));
}

/** The address with a sort. The usual one is left out. */
export function withSort(search: URLSearchParams, sort: MovieSort | undefined, usual?: MovieSort): URLSearchParams {
  const next = new URLSearchParams(search);
  if (sort === undefined || sort === usual) next.delete(PARAMETER);
  else next.set(PARAMETER, sort.toLowerCase().replace('_', '-'));
  return next;
}

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
