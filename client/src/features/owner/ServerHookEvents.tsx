import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { HookEventRow } from '../media-servers/public/HookEventRow.tsx';
import { MEDIA_SOURCES } from '../media-servers/public/media-sources.ts';

const ServerHookEvents_event = graphql(`
  fragment ServerHookEvents_event on ServerHookEvent {
    id
    source
    name
    mediaUser
    receivedAt
    deliveries
    outcome
    detail
  }
`);

const FIRST = 10;

/** What came to the address of the whole server and has no account. */
export function ServerHookEvents({ of }: { of: readonly FragmentType<typeof ServerHookEvents_event>[] }) {
  const { t } = useTranslation();
  const dates = useDates();
  const [showsAll, setShowsAll] = useState(false);
  const events = getFragmentData(ServerHookEvents_event, of);
  return (
    <>
      <h3>{t('owner.hookEvents')}</h3>
      {events.length === 0 ? (
        <p className={rows.soft}>{t('owner.noHookEvents')}</p>
      ) : (
        <ul className={rows.rows} aria-label={t('owner.hookEvents')}>
          {events.slice(0, showsAll ? undefined : FIRST).map(({ id, source, name, mediaUser, receivedAt, deliveries, outcome, detail }) => (
            <HookEventRow
              key={id}
              name={[mediaUser, name].find((text) => text !== '') ?? t('owner.unknownSender')}
              outcome={outcome === 'WAITING' ? t('owner.waitsForAccount') : t(`mediaServers.outcomes.${outcome}`)}
              facts={[
                source == null ? '' : MEDIA_SOURCES[source],
                mediaUser === '' ? '' : name,
                dates.dayAndTime(receivedAt),
                deliveries > 1 ? t('mediaServers.deliveries', { count: deliveries }) : '',
                detail,
              ]}
            />
          ))}
        </ul>
      )}
      {!showsAll && events.length > FIRST ? (
        <div className={rows.actions}>
          <Button onClick={() => setShowsAll(true)}>{t('owner.more')}</Button>
        </div>
      ) : null}
    </>
  );
}
