import '../../language/english-settings.ts';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { PosterWall } from '../poster/public/PosterWall.tsx';
import { InvitationNote, useInvitation } from './InvitationNote.tsx';
import { useLinkToken } from './link-token.ts';
import { ProviderButtons, preloadProviders } from './ProviderButtons.tsx';
import { ProviderError } from './public/ProviderError.tsx';
import { useSession } from './public/useSession.ts';
import { useWayBack } from './public/way-back.ts';
import styles from './SignIn.module.css';
import { SignUpForm } from './SignUpForm.tsx';
import { useSignInOptions } from './useSignInOptions.ts';

export { preloadProviders as preload };

export function Component() {
  // Read above Suspense: a suspended component loses its state.
  const invitation = useLinkToken('invitation');
  return (
    <Suspense fallback={<PageSkeleton />}>
      <SignUp invitation={invitation} />
    </Suspense>
  );
}

function SignUp({ invitation }: { invitation: string | undefined }) {
  const { t } = useTranslation();
  const wayBack = useWayBack();
  const { viewer } = useSession();
  const { registration, passwords, mail } = useSignInOptions();
  // Also after signing in, when the session is known.
  if (viewer?.isGuest === false) return <Navigate to={wayBack.back} replace />;
  const closed = registration === 'CLOSED';
  const lead = closed
    ? t('account.closedLead')
    : registration === 'INVITE' && invitation === undefined
      ? t('account.inviteLead')
      : viewer?.isGuest === true
        ? t('account.guestSignUp')
        : t('account.signUpLead');
  return (
    <Page title={closed ? t('account.closedTitle') : t('account.signUp')} lead={lead}>
      <div className={styles.layout}>
        <div className={styles.card}>
          <ProviderError />
          {closed ? null : invitation !== undefined ? (
            <Invited token={invitation} back={wayBack.back} passwords={passwords} mail={mail} />
          ) : registration === 'OPEN' ? (
            <SignUpForm back={wayBack.back} passwords={passwords} mail={mail} />
          ) : (
            <ProviderButtons back={wayBack.back} />
          )}
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

interface InvitedProps {
  token: string;
  back: string;
  passwords: boolean;
  mail: boolean;
}

function Invited({ token, back, passwords, mail }: InvitedProps) {
  const { t } = useTranslation();
  const invitation = useInvitation(token);
  if (invitation === null) return <p role="alert">{t('account.invitationOver')}</p>;
  return (
    <>
      <InvitationNote expiresAt={invitation.expiresAt} />
      <SignUpForm back={back} passwords={passwords} mail={mail} invitation={token} email={invitation.email ?? null} />
    </>
  );
}
