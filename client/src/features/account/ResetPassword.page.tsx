import '../../language/english-settings.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { resetPassword } from '../../api/account-requests.ts';
import { Page } from '../../ui/Page.tsx';
import { useLinkToken } from './link-token.ts';
import { NewPasswordField } from './NewPasswordField.tsx';
import { AuthForm, textOf } from './public/AuthForm.tsx';
import styles from './SignIn.module.css';

/** Chooses a new password by the link that an admin made. */
export function Component() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  const submit = async (fields: FormData): Promise<void> => {
    await resetPassword(token ?? '', textOf(fields, 'password'));
    setDone(true);
  };
  return (
    <Page title={t('account.resetTitle')} lead={token === undefined ? undefined : t('account.resetLead')}>
      <div className={styles.card}>
        {token === undefined ? (
          <p>{t('account.resetMissing')}</p>
        ) : done ? (
          <p role="status">{t('account.resetDone')}</p>
        ) : (
          <AuthForm submit={t('account.resetSubmit')} onSubmit={submit}>
            <NewPasswordField label={t('account.newPassword')} />
          </AuthForm>
        )}
        <p className={styles.other}>
          <Link to="/sign-in">{t('account.signIn')}</Link>
        </p>
      </div>
    </Page>
  );
}
