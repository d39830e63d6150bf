import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useSession } from '../account/public/useSession.ts';
import { AccountDialog } from './AccountDialog.tsx';

/** Accounts of a page. */
const PAGE = 50;
export const FIRST_ACCOUNTS = { first: PAGE, search: '' };

export const OwnerAccountsQuery = graphql(`
  query OwnerAccounts($first: Int!, $after: String, $search: String) {
    admin {
      accounts(first: $first, after: $after, search: $search) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          name
          email
          role
          disabled
          lastSeenAt
          sessionCount
          apiKeyCount
        }
      }
      guestCount
    }
  }
`);

export function AccountsSection({ isOwner }: { isOwner: boolean }) {
  const { t } = useTranslation();
  const dates = useDates();
  const formats = useFormats();
  const { viewer } = useSession();
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<string>();
  const variables = { first: PAGE, search: useDeferredValue(search) };
  const { data, previousData, fetchMore, refetch } = useQuery(OwnerAccountsQuery, { variables });
  const admin = (data ?? previousData)?.admin;
  const account = admin?.accounts.nodes.find(({ id }) => id === opened);
  const more = async (): Promise<void> => {
    await fetchMore({
      variables: { after: admin?.accounts.pageInfo.endCursor ?? null },
      updateQuery: (before, { fetchMoreResult }) => ({
        admin: {
          ...fetchMoreResult.admin,
          accounts: {
            ...fetchMoreResult.admin.accounts,
            nodes: [...before.admin.accounts.nodes, ...fetchMoreResult.admin.accounts.nodes],
          },
        },
      }),
    });
  };
  if (admin === undefined) return null;
  return (
    <Section title={t('owner.accounts')} lead={t('owner.accountsLead')}>
      <TextField label={t('owner.search')} type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
      <p className={rows.soft} role="status">
        {t('owner.accountCount', { count: admin.accounts.totalCount })} · {t('owner.guestCount', { count: admin.guestCount })}
      </p>
      {admin.accounts.nodes.length === 0 ? null : (
        <ul className={rows.rows}>
          {admin.accounts.nodes.map(({ id, name, email, role, disabled, lastSeenAt, sessionCount, apiKeyCount }) => (
            <li key={id}>
              <span>
                <bdi>{name}</bdi> <span className={rows.badge}>{t(`owner.roles.${role}`)}</span>
                {disabled ? <span> · {t('owner.disabled')}</span> : null}
                <br />
                <span className={rows.soft}>
                  <bdi>{email}</bdi>
                  {' · '}
                  {lastSeenAt == null ? t('owner.neverSeen') : t('owner.lastSeen', { date: dates.day(lastSeenAt) })}
                  {' · '}
                  {t('owner.sessionsAndKeys', { sessions: formats.number(sessionCount), keys: formats.number(apiKeyCount) })}
                </span>
              </span>
              {/* Admins act on members only. */}
              {isOwner || role === 'MEMBER' ? (
                <Button aria-label={t('owner.manageAccount', { name })} onClick={() => setOpened(id)}>
                  {t('owner.manage')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {admin.accounts.pageInfo.hasNextPage ? (
        <div className={rows.actions}>
          <Button onClick={() => void more()}>{t('owner.more')}</Button>
        </div>
      ) : null}
      {account === undefined ? null : (
        <AccountDialog
          account={account}
          isOwner={isOwner}
          isOwn={account.id === viewer?.id}
          onChanged={() => void refetch()}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Section>
  );
}
