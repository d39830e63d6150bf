import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { signIn } from '../accounts/account-requests.ts';
import { AuthForm, textOf } from '../components/account/AuthForm.tsx';
import { askForProviders, ProviderButtons } from '../components/account/ProviderButtons.tsx';
import { ReturnFault } from '../components/account/ReturnFault.tsx';
import { TextField } from '../components/account/TextField.tsx';
import { Page } from '../components/Page.tsx';
import { PageSkeleton } from '../components/PageSkeleton.tsx';
import { PosterWall } from '../components/PosterWall.tsx';
import { useSession } from '../hooks/useSession.ts';
import styles from './SignIn.module.css';

export { askForProviders as ask };

export function Component() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <SignIn />
    </Suspense>
  );
}

function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { viewer, renew } = useSession();
  const submit = async (fields: FormData): Promise<void> => {
    await signIn(textOf(fields, 'email'), textOf(fields, 'password'));
    await renew();
    await navigate('/home');
  };
  return (
    <Page title={t('account.signIn')} lead={viewer?.isGuest === true ? t('account.guestSignIn') : t('account.signInLead')}>
      <div className={styles.layout}>
        <div className={styles.card}>
          <ReturnFault />
          <AuthForm submit={t('account.signIn')} onSubmit={submit}>
            <TextField label={t('account.email')} name="email" type="email" autoComplete="username" required />
            <TextField label={t('account.password')} name="password" type="password" autoComplete="current-password" required />
          </AuthForm>
          <ProviderButtons />
          <p className={styles.other}>
            {t('account.noAccount')} <Link to="/sign-up">{t('account.signUp')}</Link>
          </p>
        </div>
        <PosterWall shape="wall" />
      </div>
    </Page>
  );
}
