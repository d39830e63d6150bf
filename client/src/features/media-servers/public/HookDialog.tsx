import { useTranslation } from 'react-i18next';
import { BASE_PATH } from '../../../api/base-path.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import rows from '../../../ui/rows.module.css';
import { useCopy } from '../../../ui/useCopy.ts';

/** The address of a hook that was made now. The server shows its token once. */
export function HookDialog({ token, onClose }: { token: string; onClose(): void }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const address = `${window.location.origin}${BASE_PATH}/hooks/${token}`;
  return (
    <Dialog title={t('mediaServers.address')} onClose={onClose}>
      <p>{t('mediaServers.once')}</p>
      <p className={rows.key} dir="ltr">
        {address}
      </p>
      <div className={rows.actions}>
        <Button variant="primary" onClick={() => void copy(address, t('profile.copied'))}>
          {t('mediaServers.copy')}
        </Button>
      </div>
    </Dialog>
  );
}
