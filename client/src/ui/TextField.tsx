import { type ComponentProps, useId } from 'react';
import styles from './TextField.module.css';

interface Props extends ComponentProps<'input'> {
  label: string;
  hint?: string;
}

export function TextField({ label, hint, ...input }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input {...input} id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
      {hint === undefined ? null : <p id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}
