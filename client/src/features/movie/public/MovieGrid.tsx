import type { ReactNode } from 'react';
import { rovingFocus } from '../../../ui/roving-focus.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import styles from './MovieGrid.module.css';

const PLACES = Array.from({ length: 24 }, (_, place) => place);

export function MovieGrid({ children }: { children: ReactNode }) {
  return (
    <ul ref={rovingFocus} className={styles.grid}>
      {children}
    </ul>
  );
}

/** Skeletons with the size of cards. */
export function MovieGridSkeleton({ count }: { count: number }) {
  return (
    <div className={styles.grid} aria-busy>
      {PLACES.slice(0, count).map((place) => (
        <MovieCardSkeleton key={place} />
      ))}
    </div>
  );
}

export function MovieCardSkeleton({ compact = false }: { compact?: boolean }) {
  return (
    <div className={styles.card}>
      <Skeleton ratio="2 / 3" />
      <Skeleton width="85%" height="1.3rem" />
      <Skeleton width="55%" height="1.1rem" />
      {compact ? null : <Skeleton width="65%" height="1.1rem" />}
      <Skeleton width="100%" height={`calc(${compact ? 4.5 : 6}rem + var(--stars))`} />
    </div>
  );
}
