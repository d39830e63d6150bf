import '../../language/english-settings.ts';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { signIn } from '../../api/account-requests.ts';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { PosterWall } from '../poster/public/PosterWall.tsx';
import { ProviderButtons, preloadProviders } from './ProviderButtons.tsx';
import { AuthForm, textOf } from './public/AuthForm.tsx';
import { ProviderError } from './public/ProviderError.tsx';
import { useSession } from './public/useSession.ts';
import { useWayBack } from './public/way-back.ts';
import styles from './SignIn.module.css';
import { useSignInOptions } from './useSignInOptions.ts';

export { preloadProviders as preload };

export function Component() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <SignIn />
    </Suspense>
  );
}

function SignIn() {
  const { t } = useTranslation();
  const wayBack = useWayBack();
  const { viewer, renew } = useSession();
  const { registration, passwords, refusal } = useSignInOptions();
  const submit = async (fields: FormData): Promise<void> => {
    await signIn(textOf(fields, 'email'), textOf(fields, 'password'));
    await renew();
  };
  // Also after signing in, when the session is known.
  if (viewer?.isGuest === false) return <Navigate to={wayBack.back} replace />;
  return (
    <Page title={t('account.signIn')} lead={viewer?.isGuest === true ? t('account.guestSignIn') : t('account.signInLead')}>
      <div className={styles.layout}>
        <div className={styles.card}>
          <ProviderError refusal={refusal} />
          {passwords ? (
            <AuthForm submit={t('account.signIn')} onSubmit={submit}>
              <TextField label={t('account.email')} name="email" type="email" autoComplete="username" required />
              <TextField label={t('account.password')} name="password" type="password" autoComplete="current-password" required />
              <p>
                <Link to="/forgot-password">{t('account.forgot')}</Link>
              </p>
            </AuthForm>
          ) : (
            <p>{t('account.onlyProviders')}</p>
          )}
          <ProviderButtons back={wayBack.back} />
          {registration === 'CLOSED' ? null : (
            <p className={styles.other}>
              {t('account.noAccount')}{' '}
              <Link to="/sign-up" state={wayBack} replace>
                {t('account.signUp')}
              </Link>
            </p>
          )}
        </div>
        <PosterWall shape="wall" />
      </div>
    </Page>
  );
}
