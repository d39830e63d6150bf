import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { HookDialog } from '../media-servers/public/HookDialog.tsx';
import { MEDIA_SOURCES } from '../media-servers/public/media-sources.ts';
import { ServerHookEvents } from './ServerHookEvents.tsx';
import { useAdminAction } from './useAdminAction.ts';

/** Accounts to choose from. */
const MAX_ACCOUNTS = 100;

export const OwnerHookQuery = graphql(`
  query OwnerHook {
    admin {
      hook {
        start
        createdAt
      }
      hookUsers {
        source
        name
        userId
        email
        seenAt
        waiting
      }
      hookEvents(first: 100) {
        ...ServerHookEvents_event
      }
      accounts(first: 100) {
        nodes {
          id
          name
          email
        }
      }
    }
  }
`);
const CreateServerHookMutation = graphql(`
  mutation CreateServerHook {
    createServerHook {
      token
    }
  }
`);
const RevokeServerHookMutation = graphql(`
  mutation RevokeServerHook {
    revokeServerHook
  }
`);
const MapHookUserMutation = graphql(`
  mutation MapHookUser($source: MediaSource!, $name: String!, $userId: ID) {
    mapHookUser(source: $source, name: $name, userId: $userId) {
      userId
    }
  }
`);

/** The address for all users of a media server, and which account gets the events of each. */
export function MediaUsersSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const { busy, run } = useAdminAction();
  const [token, setToken] = useState<string>();
  const { data, refetch } = useQuery(OwnerHookQuery);
  const [create] = useMutation(CreateServerHookMutation);
  const [revoke] = useMutation(RevokeServerHookMutation);
  const [map] = useMutation(MapHookUserMutation);
  if (data === undefined) return null;
  const { hook, hookUsers, hookEvents, accounts } = data.admin;
  const choices = accounts.nodes.slice(0, MAX_ACCOUNTS);
  const make = async (): Promise<void> => {
    setToken((await create()).data?.createServerHook.token);
    await refetch();
  };
  return (
    <Section title={t('mediaServers.title')} lead={t('owner.hookLead')}>
      {hook == null ? null : (
        <ul className={rows.rows}>
          <li>
            <span>
              <code dir="ltr">/hooks/{hook.start}…</code>
              <br />
              <span className={rows.soft}>{t('mediaServers.since', { date: dates.day(hook.createdAt) })}</span>
            </span>
            <Button disabled={busy} onClick={() => void run(() => revoke().then(() => refetch()), t('owner.done'))}>
              {t('owner.revokeHook')}
            </Button>
          </li>
        </ul>
      )}
      <div className={rows.actions}>
        <Button disabled={busy} onClick={() => void run(make)}>
          {t(hook == null ? 'owner.createHook' : 'owner.renewHook')}
        </Button>
      </div>
      {hookUsers.length === 0 ? null : (
        <ul className={rows.rows} aria-label={t('owner.hookUsers')}>
          {hookUsers.map(({ source, name, userId, email, seenAt, waiting }) => (
            <li key={`${source} ${name}`}>
              <span>
                <bdi>{name}</bdi> · {MEDIA_SOURCES[source]}
                <br />
                <span className={rows.soft}>
                  {t('owner.lastSeen', { date: dates.dayAndTime(seenAt) })}
                  {waiting === 0 ? '' : ` · ${t('owner.waitingEvents', { count: waiting })}`}
                </span>
              </span>
              <select
                aria-label={t('owner.accountOf', { name })}
                value={userId ?? ''}
                disabled={busy}
                onChange={({ target }) =>
                  void run(
                    () => map({ variables: { source, name, userId: target.value === '' ? null : target.value } }).then(() => refetch()),
                    t('owner.done'),
                  )
                }
              >
                <option value="">{t('owner.noAccount')}</option>
                {userId == null || choices.some(({ id }) => id === userId) ? null : <option value={userId}>{email ?? userId}</option>}
                {choices.map((account) => (
                  <option key={account.id} value={account.id}>
                    {account.name} ({account.email})
                  </option>
                ))}
              </select>
            </li>
          ))}
        </ul>
      )}
      {hook == null && hookEvents.length === 0 ? null : <ServerHookEvents of={hookEvents} />}
      {token === undefined ? null : <HookDialog token={token} onClose={() => setToken(undefined)} />}
    </Section>
  );
}
