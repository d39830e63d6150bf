import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteAccount, deleteGuest } from '../../api/account-requests.ts';
import { BASE_PATH } from '../../api/base-path.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { AuthForm, textOf } from '../account/public/AuthForm.tsx';
import { useSession } from '../account/public/useSession.ts';
import styles from './DataSection.module.css';
import { ResetFeedback } from './public/ResetFeedback.tsx';

export function DataSection({ isGuest }: { isGuest: boolean }) {
  const { t } = useTranslation();
  const { leave } = useSession();
  const [asking, setAsking] = useState<'delete'>();
  const close = (): void => setAsking(undefined);
  return (
    <Section title={t('profile.data')} lead={t('profile.dataLead')}>
      <div className={rows.actions}>
        <a className={styles.download} href={`${BASE_PATH}/export.json`} download>
          <Download aria-hidden size={18} />
          {t('profile.exportJson')}
        </a>
        <a className={styles.download} href={`${BASE_PATH}/export.csv`} download>
          <Download aria-hidden size={18} />
          {t('profile.exportCsv')}
        </a>
      </div>
      <div className={rows.actions}>
        <ResetFeedback />
        <Button variant="danger" onClick={() => setAsking('delete')}>
          {t(isGuest ? 'profile.deleteGuest' : 'profile.delete')}
        </Button>
      </div>
      {asking === 'delete' ? (
        <Dialog title={t(isGuest ? 'profile.deleteGuest' : 'profile.delete')} onClose={close}>
          <p>{t('profile.deleteWarning')}</p>
          <AuthForm
            dangerous
            submit={t('profile.deleteConfirm')}
            onSubmit={async (fields) => {
              const password = textOf(fields, 'password');
              await (isGuest ? deleteGuest() : deleteAccount(password === '' ? undefined : password));
              leave();
            }}
          >
            {isGuest ? null : (
              <TextField
                label={t('account.password')}
                hint={t('profile.deletePasswordHint')}
                name="password"
                type="password"
                autoComplete="current-password"
              />
            )}
          </AuthForm>
        </Dialog>
      ) : null}
    </Section>
  );
}
