import { type ReactNode, useEffect, useRef } from 'react';
import styles from './Page.module.css';

interface Props {
  title: string;
  /** The heading of the page, when it is not the title. */
  heading?: ReactNode;
  /** Hidden where the page shows what it is without a heading; it is still there for screen readers. */
  headingHidden?: boolean;
  lead?: ReactNode;
  children?: ReactNode;
}

export function Page({ title, heading = title, headingHidden = false, lead, children }: Props) {
  const h1 = useRef<HTMLHeadingElement>(null);
  // Layout gives the focus of a navigation to what there is; a page that had to be waited for takes it on.
  useEffect(() => {
    if (document.activeElement?.tagName === 'MAIN') h1.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={styles.page}>
      <title>{`${title} · CineMatch`}</title>
      <header className={headingHidden ? 'visually-hidden' : styles.heading}>
        <h1 ref={h1} tabIndex={-1}>
          {heading}
        </h1>
        {lead === undefined ? null : <p className={styles.lead}>{lead}</p>}
      </header>
      {children}
    </div>
  );
}
