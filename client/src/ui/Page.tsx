import { type ReactNode, useEffect, useRef } from 'react';
import styles from './Page.module.css';

interface Props {
  title: string;
  /** The heading of the page, when it differs from the title. */
  heading?: ReactNode;
  /** Only for screen readers, on pages that need no visible heading. */
  headingHidden?: boolean;
  lead?: ReactNode;
  children?: ReactNode;
}

export function Page({ title, heading = title, headingHidden = false, lead, children }: Props) {
  const h1 = useRef<HTMLHeadingElement>(null);
  // After a navigation Layout focuses the heading, or `main` while the page loads. Then the heading takes the focus here.
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
