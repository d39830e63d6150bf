import { X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './Button.tsx';
import styles from './Toast.module.css';

const SHOWN_MS = 7_000;
const MAX = 3;

interface Notice {
  message: string;
  /** Offered as a button. */
  undo?: () => void;
  /** Said at once, for what went wrong. */
  urgent?: boolean;
}

const Toasts = createContext<(notice: Notice) => void>(() => {});

/** Says something at the edge of the page for a while. */
export function useToast(): (notice: Notice) => void {
  return useContext(Toasts);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<(Notice & { id: number })[]>([]);
  const last = useRef(0);
  const drop = useCallback((id: number) => setShown((before) => before.filter((notice) => notice.id !== id)), []);
  const notify = useCallback(
    (notice: Notice) => {
      last.current++;
      const id = last.current;
      setShown((before) => [...before, { ...notice, id }].slice(-MAX));
      setTimeout(drop, SHOWN_MS, id);
    },
    [drop],
  );
  return (
    <Toasts value={notify}>
      {children}
      <section className={styles.shelf} aria-label={t('notices')}>
        <ul aria-live="polite" className={styles.list}>
          {shown.map(({ id, message, undo, urgent }) => (
            <li key={id} className={styles.toast}>
              <span role={urgent === true ? 'alert' : undefined}>{message}</span>
              {undo === undefined ? null : (
                <Button
                  variant="plain"
                  className={styles.undo}
                  onClick={() => {
                    undo();
                    drop(id);
                  }}
                >
                  {t('undo')}
                </Button>
              )}
              <IconButton label={t('close')} className={styles.close} onClick={() => drop(id)}>
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      </section>
    </Toasts>
  );
}
