import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Chip.module.css';

interface Props {
  pressed: boolean;
  onToggle(): void;
  children: ReactNode;
}

/** A toggle button. */
export function Chip({ pressed, onToggle, children }: Props) {
  return (
    <button type="button" aria-pressed={pressed} className={styles.chip} onClick={onToggle}>
      {pressed ? <Check aria-hidden size={16} strokeWidth={3} /> : null}
      <bdi>{children}</bdi>
    </button>
  );
}
