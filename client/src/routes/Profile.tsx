import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../components/Button.tsx';
import { ImportSection } from '../components/import/ImportSection.tsx';
import { Page } from '../components/Page.tsx';
import { AccountSection } from '../components/profile/AccountSection.tsx';
import { ApiKeysSection } from '../components/profile/ApiKeysSection.tsx';
import { DataSection } from '../components/profile/DataSection.tsx';
import { SessionsSection } from '../components/profile/SessionsSection.tsx';
import { TasteSection } from '../components/profile/TasteSection.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { graphql } from '../generated/index.ts';
import { useSession } from '../hooks/useSession.ts';
import styles from './Profile.module.css';

const ProfileQuery = graphql(`
  query Profile {
    viewer {
      id
      isGuest
      ...AccountSection_viewer
      ...TasteSection_viewer
    }
    ...AccountSection_query
    ...TasteSection_query
  }
`);

export function Component() {
  const { t } = useTranslation();
  const { viewer } = useSession();
  return (
    <Page title={t('nav.profile')} {...(viewer == null ? {} : { heading: viewer.isGuest ? t('profile.guestName') : viewer.name })}>
      <Suspense fallback={<ProfileSkeleton />}>
        <Sections />
      </Suspense>
    </Page>
  );
}

function Sections() {
  const { t } = useTranslation();
  const { data } = useSuspenseQuery(ProfileQuery);
  const { viewer } = data;
  if (viewer === null || viewer === undefined)
    return (
      <div className={styles.nobody}>
        <p>{t('profile.nobody')}</p>
        <div>
          <ButtonLink look="primary" to="/welcome">
            {t('profile.begin')}
          </ButtonLink>
          <ButtonLink to="/sign-in">{t('account.signIn')}</ButtonLink>
        </div>
      </div>
    );
  return (
    <div>
      <AccountSection viewer={viewer} query={data} />
      <TasteSection viewer={viewer} catalogue={data} />
      <ImportSection />
      {viewer.isGuest ? null : (
        <>
          <SessionsSection />
          <ApiKeysSection />
        </>
      )}
      <DataSection isGuest={viewer.isGuest} />
    </div>
  );
}

function ProfileSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      <Skeleton height="11rem" />
      <Skeleton height="28rem" />
      <Skeleton height="12rem" />
    </div>
  );
}
