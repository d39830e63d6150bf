import { Star } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './StarRating.module.css';

interface Props {
  /** From 0.5 to 5 in halves; null when not rated. */
  value: number | null;
  /** The name for screen readers. */
  label: string;
  onRate(stars: number | null): void;
}

const FIVE = [1, 2, 3, 4, 5];

/** Five stars that take halves: by a tap, by dragging, by the arrow keys and by the digits 1 to 5. 0, Delete and the first value clear. */
export function StarRating({ value, label, onRate }: Props) {
  const { t } = useTranslation();
  // What is being dragged, until it is let go.
  const [draft, setDraft] = useState<number>();
  const shown = draft ?? value ?? 0;
  const rate = (stars: number): void => {
    setDraft(undefined);
    const next = stars === 0 ? null : stars;
    if (next !== value) onRate(next);
  };
  const commit = (): void => {
    if (draft !== undefined) rate(draft);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const stars = starsOfKey(event);
    if (stars === undefined) return;
    event.preventDefault();
    rate(stars ?? 0);
  };
  return (
    <span className={styles.stars} data-empty={value === null}>
      <span className={styles.row} aria-hidden>
        {FIVE.map((star) => (
          <Star key={star} />
        ))}
      </span>
      {shown === 0 ? null : (
        <span className={styles.filled} style={{ inlineSize: `${shown * 20}%` }} aria-hidden>
          <span className={styles.row}>
            {FIVE.map((star) => (
              <Star key={star} />
            ))}
          </span>
        </span>
      )}
      <input
        type="range"
        className={styles.slider}
        min={0}
        max={5}
        step={0.5}
        value={shown}
        aria-label={label}
        aria-valuetext={shown === 0 ? t('stars.none') : t('stars.some', { count: shown })}
        onChange={(event) => setDraft(Number(event.target.value))}
        onPointerUp={commit}
        onKeyUp={commit}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}

export type StarKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>;

/** The stars that a key means: 1 to 5; null for 0, Delete and Backspace; undefined for other keys. */
export function starsOfKey({ key, ctrlKey, altKey, metaKey }: StarKey): number | null | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  if (key === '0' || key === 'Delete' || key === 'Backspace') return null;
  return /^[1-5]$/.test(key) ? Number(key) : undefined;
}
