import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './Trailer.module.css';

interface Props {
  title: string;
  /** YouTube's key. */
  videoKey: string;
}

/** A button that opens the trailer. Before that, nothing is asked of YouTube. */
export function Trailer({ title, videoKey }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const key = encodeURIComponent(videoKey);
  const name = t('movie.trailerOf', { title });
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog">
        <Play aria-hidden size={18} />
        {t('movie.trailer')}
      </Button>
      {open ? (
        <Dialog title={<bdi>{name}</bdi>} onClose={() => setOpen(false)}>
          <iframe
            className={styles.player}
            title={name}
            src={`https://www.youtube-nocookie.com/embed/${key}`}
            // YouTube plays for no page that hides its origin.
            referrerPolicy="strict-origin-when-cross-origin"
            allow="fullscreen; encrypted-media; picture-in-picture"
          />
          <a href={`https://www.youtube.com/watch?v=${key}`} className={styles.elsewhere}>
            {t('movie.trailerElsewhere')}
          </a>
        </Dialog>
      ) : null}
    </>
  );
}
