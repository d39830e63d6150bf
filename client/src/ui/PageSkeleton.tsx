import type { ReactNode } from 'react';
import styles from './Page.module.css';
import { Skeleton } from './Skeleton.tsx';

/** A page whose heading and content are loading. */
export function PageSkeleton({ children }: { children?: ReactNode }) {
  return (
    <div className={styles.page} aria-busy data-loading="page">
      <Skeleton width="14rem" height="2.5rem" />
      {children ?? <Skeleton height="50dvh" />}
    </div>
  );
}
