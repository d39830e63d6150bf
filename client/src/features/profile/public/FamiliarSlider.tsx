import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './FamiliarSlider.module.css';

/** Where neither hidden gems nor well-known movies are sought. */
export const NEUTRAL = 0.5;
const STEPS = 8;
/** The list follows when the slider rests, not at every step of a drag. */
const REST_MS = 250;

interface Props {
  /** From 0 (hidden gems) to 1 (well known). */
  value: number;
  onChange(value: number): void;
}

export function FamiliarSlider({ value, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  useEffect(() => {
    if (shown === value) return;
    const timer = setTimeout(() => onChange(shown), REST_MS);
    return () => clearTimeout(timer);
  }, [shown, value, onChange]);
  const name = shown < NEUTRAL ? t('familiar.gems') : shown > NEUTRAL ? t('familiar.known') : t('familiar.neutral');
  return (
    <div className={styles.slider}>
      <input
        id={id}
        type="range"
        min={0}
        max={STEPS}
        step={1}
        value={Math.round(shown * STEPS)}
        aria-label={t('familiar.title')}
        aria-valuetext={name}
        onChange={(event) => setShown(Number(event.target.value) / STEPS)}
      />
      <div className={styles.ends} aria-hidden="true">
        <span>{t('familiar.gems')}</span>
        <span>{t('familiar.known')}</span>
      </div>
    </div>
  );
}
