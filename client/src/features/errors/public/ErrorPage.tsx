import type { ReactNode } from 'react';
import { Page } from '../../../ui/Page.tsx';
import { DrawnPoster } from '../../movie/public/DrawnPoster.tsx';
import styles from './ErrorPage.module.css';

interface Props {
  title: string;
  lead: string;
  /** What can be done about it. */
  children: ReactNode;
}

/** Instead of a page that cannot be shown: a film that does not run, and a way on. */
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
