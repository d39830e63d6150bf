import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import styles from './SelectionBar.module.css';

interface Props {
  count: number;
  onSetWatched(watched: boolean): void;
  onRemove(): void;
  onClear(): void;
}

/** The actions for the selected movies. */
export function SelectionBar({ count, onSetWatched, onRemove, onClear }: Props) {
  const { t } = useTranslation();
  return (
    <section className={styles.bar} aria-label={t('watchlist.selection')}>
      <p role="status">{t('watchlist.selected', { count })}</p>
      <Button onClick={() => onSetWatched(true)}>{t('watchlist.markWatched')}</Button>
      <Button onClick={() => onSetWatched(false)}>{t('watchlist.markUnwatched')}</Button>
      <Button variant="danger" onClick={onRemove}>
        {t('watchlist.remove')}
      </Button>
      <Button variant="plain" onClick={onClear}>
        {t('watchlist.clearSelection')}
      </Button>
    </section>
  );
}
