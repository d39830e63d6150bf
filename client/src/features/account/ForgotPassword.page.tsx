import '../../language/english-settings.ts';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { requestPasswordReset } from '../../api/account-requests.ts';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { AuthForm, textOf } from './public/AuthForm.tsx';
import styles from './SignIn.module.css';
import { useSignInOptions } from './useSignInOptions.ts';

export function Component() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <ForgotPassword />
    </Suspense>
  );
}

/** Asks for a link to choose a new password; without mail it says who makes one. */
function ForgotPassword() {
  const { t } = useTranslation();
  const { mail, passwords } = useSignInOptions();
  const [sentTo, setSentTo] = useState<string>();
  const submit = async (fields: FormData): Promise<void> => {
    const email = textOf(fields, 'email').trim();
    await requestPasswordReset(email);
    setSentTo(email);
  };
  const canAsk = mail && passwords && sentTo === undefined;
  return (
    <Page title={t('account.forgotTitle')} lead={canAsk ? t('account.forgotLead') : undefined}>
      <div className={styles.card}>
        {!passwords ? (
          <p>{t('account.forgotProvider')}</p>
        ) : !mail ? (
          <p>{t('account.forgotOwner')}</p>
        ) : sentTo !== undefined ? (
          <p role="status">{t('account.forgotSent', { email: sentTo })}</p>
        ) : (
          <AuthForm submit={t('account.forgotSubmit')} onSubmit={submit}>
            <TextField label={t('account.email')} name="email" type="email" autoComplete="username" required />
          </AuthForm>
        )}
        <p className={styles.other}>
          <Link to="/sign-in">{t('account.signIn')}</Link>
        </p>
      </div>
    </Page>
  );
}
