import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './Button.tsx';
import styles from './Toast.module.css';

const SHOWN_MS = 7_000;
const MAX = 3;

interface Notice {
  message: string;
  /** Called by the undo button, which is shown when this is set. */
  undo?: () => void;
  /** Announced at once, for errors. */
  urgent?: boolean;
}

const Toasts = createContext<(notice: Notice) => void>(() => {});

/** Returns a function that shows a message at the edge of the page for some seconds. */
export function useToast(): (notice: Notice) => void {
  return useContext(Toasts);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<(Notice & { id: number })[]>([]);
  const last = useRef(0);
  const drop = (id: number): void => setShown((before) => before.filter((notice) => notice.id !== id));
  const notify = useCallback((notice: Notice) => {
    last.current++;
    const id = last.current;
    setShown((before) => [...before, { ...notice, id }].slice(-MAX));
  }, []);
  return (
    <Toasts value={notify}>
      {children}
      <section className={styles.shelf} aria-label={t('notices')}>
        <ul aria-live="polite" className={styles.list}>
          {shown.map(({ id, ...notice }) => (
            <ToastItem key={id} notice={notice} onDrop={() => drop(id)} />
          ))}
        </ul>
      </section>
    </Toasts>
  );
}

/** Leaves after some seconds, counted anew after the pointer or the focus was on it: nobody has to hurry to the undo button. */
function ToastItem({ notice: { message, undo, urgent }, onDrop }: { notice: Notice; onDrop(): void }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  const leave = useEffectEvent(onDrop);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => leave(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held]);
  return (
    <li
      className={styles.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={({ currentTarget }) => setHeld(currentTarget.matches(':focus-within'))}
      onFocus={() => setHeld(true)}
      onBlur={({ currentTarget }) => setHeld(currentTarget.matches(':hover'))}
    >
      <span role={urgent === true ? 'alert' : undefined}>{message}</span>
      {undo === undefined ? null : (
        <Button
          variant="plain"
          className={styles.undo}
          onClick={() => {
            undo();
            onDrop();
          }}
        >
          {t('undo')}
        </Button>
      )}
      <IconButton label={t('close')} className={styles.close} onClick={onDrop}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}
