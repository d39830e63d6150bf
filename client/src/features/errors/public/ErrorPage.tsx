import type { ReactNode } from 'react';
import { Page } from '../../../ui/Page.tsx';
import { DrawnPoster } from '../../poster/public/DrawnPoster.tsx';
import styles from './ErrorPage.module.css';

interface Props {
  title: string;
  lead: string;
  /** The ways to continue. */
  children: ReactNode;
}

/** Shown instead of a page that failed: a drawn poster, the reason and a way to continue. */
export function ErrorPage({ title, lead, children }: Props) {
  return (
    <div className={styles.error}>
      <div className={styles.poster}>
        <DrawnPoster title={title} year={undefined} genres={[]} />
      </div>
      <Page title={title} lead={lead}>
        <p>{children}</p>
      </Page>
    </div>
  );
}
