import '../../language/english-settings.ts';
import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { useSession } from '../account/public/useSession.ts';
import { AccountsSection, FIRST_ACCOUNTS, OwnerAccountsQuery } from './AccountsSection.tsx';
import { AuditSection, OwnerAuditQuery } from './AuditSection.tsx';
import { CatalogSection, OwnerCatalogQuery } from './CatalogSection.tsx';
import { MediaUsersSection, OwnerHookQuery } from './MediaUsersSection.tsx';
import { RefreshSection } from './RefreshSection.tsx';
import { OwnerRegistrationQuery, RegistrationSection } from './RegistrationSection.tsx';
import { OwnerRulesQuery, RulesSection } from './RulesSection.tsx';
import { OwnerStorageQuery, StorageSection } from './StorageSection.tsx';
import { OwnerWorkloadQuery, WorkloadSection } from './WorkloadSection.tsx';

/** For the owners and admins of the server. */
export function Component() {
  const { t } = useTranslation();
  const { viewer } = useSession();
  if (viewer === undefined) return <PageSkeleton />;
  if (viewer == null || viewer.role === 'MEMBER') return <Page title={t('owner.title')} lead={t('owner.onlyAdmins')} />;
  return <Sections isOwner={viewer.role === 'OWNER'} />;
}

/** All sections appear at once: one after the other, they would push each other down the page. */
function Sections({ isOwner }: { isOwner: boolean }) {
  const { t } = useTranslation();
  const fresh = { fetchPolicy: 'network-only' } as const;
  const accounts = useQuery(OwnerAccountsQuery, { ...fresh, variables: FIRST_ACCOUNTS });
  const registration = useQuery(OwnerRegistrationQuery, fresh);
  const catalog = useQuery(OwnerCatalogQuery, fresh);
  const rules = useQuery(OwnerRulesQuery, fresh);
  const audit = useQuery(OwnerAuditQuery, fresh);
  const hook = useQuery(OwnerHookQuery, fresh);
  const workload = useQuery(OwnerWorkloadQuery, fresh);
  const storage = useQuery(OwnerStorageQuery, fresh);
  const asked = [accounts, registration, catalog, rules, workload, storage, audit, hook];
  const failure = asked.find(({ error }) => error !== undefined)?.error;
  if (failure !== undefined) throw failure;
  if (asked.some(({ data }) => data === undefined)) return <PageSkeleton />;
  return (
    <Page title={t('owner.title')} lead={t('owner.lead')}>
      <div>
        <AccountsSection isOwner={isOwner} />
        <RegistrationSection isOwner={isOwner} />
        <MediaUsersSection />
        <CatalogSection />
        <RefreshSection />
        <RulesSection />
        <WorkloadSection />
        <StorageSection />
        <AuditSection />
      </div>
    </Page>
  );
}
