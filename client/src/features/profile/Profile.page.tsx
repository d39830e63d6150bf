import '../../language/english-settings.ts';
import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense, use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SignInMethod, signInMethods } from '../../api/account-requests.ts';
import { getFragmentData, graphql } from '../../generated/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useSession } from '../account/public/useSession.ts';
import { ImportSection } from '../import/public/ImportSection.tsx';
import { MediaServersSection } from '../media-servers/public/MediaServersSection.tsx';
import { AccountSection } from './AccountSection.tsx';
import { ApiKeysSection } from './ApiKeysSection.tsx';
import { DataSection } from './DataSection.tsx';
import { NewsSection } from './NewsSection.tsx';
import { PreferencesSection } from './PreferencesSection.tsx';
import styles from './Profile.module.css';
import { SavedPreferences_viewer } from './public/saved-preferences.ts';
import { SessionsSection } from './SessionsSection.tsx';

const ProfileQuery = graphql(`
  query Profile {
    viewer {
      id
      isGuest
      role
      ...AccountSection_viewer
      ...SavedPreferences_viewer
      ...MediaServersSection_viewer
      webPush {
        publicKey
      }
    }
    regions
    ...AccountSection_query
    ...PreferencesSection_query
  }
`);

export function Component() {
  const { t } = useTranslation();
  const { viewer } = useSession();
  // Asked for once, and kept above Suspense: a suspended component loses its state.
  const [methods] = useState(() => {
    let asked: Promise<SignInMethod[]> | undefined;
    return () => {
      asked ??= askedFor(signInMethods());
      return asked;
    };
  });
  return (
    <Page title={t('nav.profile')} {...(viewer == null ? {} : { heading: viewer.isGuest ? t('profile.guestName') : viewer.name })}>
      <Suspense fallback={<ProfileSkeleton />}>
        <Sections methods={methods} />
      </Suspense>
    </Page>
  );
}

/** The section that shows the answer reports its failure. */
function askedFor<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined);
  return answer;
}

function Sections({ methods }: { methods(): Promise<SignInMethod[]> }) {
  const { t } = useTranslation();
  const { data, refetch } = useSuspenseQuery(ProfileQuery);
  const { viewer } = data;
  // All at once: what comes later would move the sections below.
  if (viewer?.isGuest === false) use(methods());
  if (viewer === null || viewer === undefined)
    return (
      <div className={styles.nobody}>
        <p>{t('profile.nobody')}</p>
        <div>
          <ButtonLink variant="primary" to="/welcome">
            {t('profile.begin')}
          </ButtonLink>
          <ButtonLink to="/sign-in">{t('account.signIn')}</ButtonLink>
        </div>
      </div>
    );
  return (
    <div>
      {viewer.role === 'MEMBER' ? null : (
        <p className={styles.link}>
          <ButtonLink to="/owner">{t('owner.title')}</ButtonLink>
        </p>
      )}
      <AccountSection viewer={viewer} query={data} methods={methods} />
      <p className={styles.link}>
        <ButtonLink to="/opinions">{t('opinions.link')}</ButtonLink>
      </p>
      <PreferencesSection viewer={viewer} catalog={data} />
      {/* Without offers nothing comes to a service or leaves it. */}
      {viewer.webPush == null || data.regions.length === 0 ? null : (
        <NewsSection
          publicKey={viewer.webPush.publicKey}
          hasServices={getFragmentData(SavedPreferences_viewer, viewer).preferences.services.length > 0}
        />
      )}
      <ImportSection />
      {viewer.isGuest ? null : (
        <>
          <MediaServersSection viewer={viewer} onChanged={() => refetch()} />
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
