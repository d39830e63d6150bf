import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/Dialog.tsx';
import { useShortcut } from '../ui/useShortcut.ts';
import styles from './KeysDialog.module.css';

const KEYS = [
  { keys: ['/'], does: 'search' },
  { keys: ['↑', '↓', '←', '→'], does: 'move' },
  { keys: ['Tab'], does: 'controls' },
  { keys: ['1', '…', '5'], does: 'rate' },
  { keys: ['Esc'], does: 'close' },
  { keys: ['?'], does: 'help' },
] as const;

/** The keys of the app, shown by `?`. */
export function KeysDialog() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useShortcut('?', () => setOpen(true));
  if (!open) return null;
  return (
    <Dialog title={t('keys.title')} onClose={() => setOpen(false)}>
      <dl className={styles.keys}>
        {KEYS.map(({ keys, does }) => (
          <div key={does}>
            <dt dir="ltr">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
