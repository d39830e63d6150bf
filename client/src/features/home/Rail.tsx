import type { ReactNode } from 'react';
import { Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { ErrorBoundary } from '../errors/public/ErrorBoundary.tsx';
import { MovieCardSkeleton } from '../movie/public/MovieGrid.tsx';
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

export function RailItems({ children }: { children: ReactNode }) {
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
