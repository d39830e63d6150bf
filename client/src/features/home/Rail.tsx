import type { ReactNode } from 'react';
import { Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { ErrorBoundary } from '../errors/public/ErrorBoundary.tsx';
import { MovieCardSkeleton } from '../movie/public/MovieGrid.tsx';
import { PAGE } from './home-list.ts';
import styles from './Rail.module.css';

interface Props {
  title: string;
  children: ReactNode;
}

/** One row of movies that scrolls sideways. It loads and fails on its own. */
export function Rail({ title, children }: Props) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={styles.rail}>
      <h2 id={titleId}>{title}</h2>
      <ErrorBoundary fallback={<p className={styles.failed}>{t('home.railFailed')}</p>}>
        <Suspense fallback={<RailSkeleton />}>{children}</Suspense>
      </ErrorBoundary>
    </section>
  );
}

/** Movies of a rail. */
export const MAX_IN_RAIL = 14;
/** So many are fetched that the rail is full without those that the list begins with. */
export const MAX_IN_RAIL_AND_LIST = MAX_IN_RAIL + PAGE;

export function RailItems({ children }: { children: readonly ReactNode[] }) {
  const { t } = useTranslation();
  if (children.length === 0) return <p className={styles.none}>{t('home.railEmpty')}</p>;
  return (
    <ul ref={rovingFocus} className={styles.items}>
      {children}
    </ul>
  );
}

export function RailSkeleton() {
  return (
    <div className={styles.items} aria-busy>
      {[1, 2, 3, 4, 5, 6, 7].map((place) => (
        <MovieCardSkeleton key={place} compact />
      ))}
    </div>
  );
}
