import { useTranslation } from 'react-i18next';
import { useDates } from '../../language/useDates.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import rows from '../../ui/rows.module.css';
import { useCopy } from '../../ui/useCopy.ts';

export interface Link {
  title: string;
  url: string;
  expiresAt: string;
  /** The server mails a link to this address too. */
  mailedTo?: string | null | undefined;
}

/** A link to hand over, which the server shows once. */
export function LinkDialog({ link, onClose }: { link: Link; onClose(): void }) {
  const { t } = useTranslation();
  const dates = useDates();
  const copy = useCopy();
  return (
    <Dialog title={link.title} onClose={onClose}>
      <p>{t('owner.linkOnce', { date: dates.dayAndTime(link.expiresAt) })}</p>
      {link.mailedTo == null ? null : <p>{t('owner.linkMailed', { email: link.mailedTo })}</p>}
      <p className={rows.key} dir="ltr">
        {link.url}
      </p>
      <div className={rows.actions}>
        <Button variant="primary" onClick={() => void copy(link.url, t('owner.linkCopied'))}>
          {t('owner.copyLink')}
        </Button>
      </div>
    </Dialog>
  );
}
