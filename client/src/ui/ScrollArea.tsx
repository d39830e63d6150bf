import type { ReactNode } from 'react';
import styles from './ScrollArea.module.css';

interface Props {
  label: string;
  className?: string | undefined;
  children: ReactNode;
}

/** A part of the page that scrolls by itself, by keyboard too. */
export function ScrollArea({ label, className = '', children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={`${styles.area} ${className}`} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
