import type { ReactNode } from 'react';
import styles from './Details.module.css';
import { ScrollArea } from './ScrollArea.tsx';

interface Props {
  summary: string;
  /** Names the content for screen readers. The summary, when it is left out. */
  label?: string;
  children: ReactNode;
}

/** Content of any length that opens below a line and then scrolls. */
export function Details({ summary, label = summary, children }: Props) {
  return (
    <details className={styles.details}>
      <summary>{summary}</summary>
      <ScrollArea label={label} className={styles.content}>
        {children}
      </ScrollArea>
    </details>
  );
}
