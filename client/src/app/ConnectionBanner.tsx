import { WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { retryNow, useConnection } from '../api/connection.ts';
import { Button } from '../ui/Button.tsx';
import styles from './ConnectionBanner.module.css';

/** Says that the server cannot be reached and that unsent changes are kept. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const connection = useConnection();
  return (
    <div role="status" className={styles.place}>
      {connection === 'up' ? null : (
        <div className={styles.banner}>
          <WifiOff aria-hidden size={20} />
          <p>{connection === 'offline' ? t('connection.offline') : t('connection.away')}</p>
          <Button onClick={retryNow}>{t('retry')}</Button>
        </div>
      )}
    </div>
  );
}
