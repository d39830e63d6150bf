import { type ReactNode, useId } from 'react';
import styles from './ProfileSection.module.css';

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
}

export function ProfileSection({ title, lead, children }: Props) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id}>{title}</h2>
        {lead === undefined ? null : <p>{lead}</p>}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
