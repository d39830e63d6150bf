import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { signUp } from '../../api/account-requests.ts';
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

const MIN_PASSWORD = 8;
const MAX_PASSWORD = 128;

export { preloadProviders as preload };

export function Component() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <SignUp />
    </Suspense>
  );
}

function SignUp() {
  const { t } = useTranslation();
  const wayBack = useWayBack();
  const { viewer, renew } = useSession();
  const submit = async (fields: FormData): Promise<void> => {
    await signUp(textOf(fields, 'name').trim(), textOf(fields, 'email'), textOf(fields, 'password'));
    await renew();
  };
  // Also after signing in, when the session is known.
  if (viewer?.isGuest === false) return <Navigate to={wayBack.back} replace />;
  return (
    <Page title={t('account.signUp')} lead={viewer?.isGuest === true ? t('account.guestSignUp') : t('account.signUpLead')}>
      <div className={styles.layout}>
        <div className={styles.card}>
          <ProviderError />
          <AuthForm submit={t('account.signUp')} onSubmit={submit}>
            <TextField label={t('account.name')} name="name" autoComplete="name" maxLength={80} required />
            <TextField label={t('account.email')} name="email" type="email" autoComplete="username" required />
            <TextField
              label={t('account.password')}
              hint={t('account.passwordHint', { count: MIN_PASSWORD })}
              name="password"
              type="password"
              autoComplete="new-password"
              minLength={MIN_PASSWORD}
              maxLength={MAX_PASSWORD}
              required
            />
          </AuthForm>
          <ProviderButtons back={wayBack.back} />
          <p className={styles.other}>
            {t('account.haveAccount')}{' '}
            <Link to="/sign-in" state={wayBack} replace>
              {t('account.signIn')}
            </Link>
          </p>
        </div>
        <PosterWall shape="wall" />
      </div>
    </Page>
  );
}
