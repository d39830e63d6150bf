import { useLazyQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { useToast } from '../../ui/Toast.tsx';
import { HookEventRow } from './public/HookEventRow.tsx';
import { MEDIA_SOURCES } from './public/media-sources.ts';

const HookEvents_event = graphql(`
  fragment HookEvents_event on HookEvent {
    id
    source
    name
    mediaUser
    title
    year
    watched
    liked
    stars
    receivedAt
    deliveries
    outcome
    detail
  }
`);
const HookEventsQuery = graphql(`
  query HookEvents($offset: Int!) {
    viewer {
      id
      hookEvents(first: 50, offset: $offset) {
        ...HookEvents_event
      }
    }
  }
`);

const FIRST = 10;
const PAGE = 50;
type Event = FragmentType<typeof HookEvents_event>;

/** What media servers sent, and what became of it. */
export function HookEvents({ first }: { first: readonly Event[] }) {
  const { t } = useTranslation();
  const dates = useDates();
  const formats = useFormats();
  const toast = useToast();
  const [later, setLater] = useState<readonly Event[]>([]);
  const [lastLength, setLastLength] = useState<number>();
  const [ask, { loading }] = useLazyQuery(HookEventsQuery);
  const more = async (): Promise<void> => {
    const { data } = await ask({ variables: { offset: first.length + later.length } });
    if (data?.viewer == null) return toast({ message: t('account.errors.other'), urgent: true });
    setLater([...later, ...data.viewer.hookEvents]);
    setLastLength(data.viewer.hookEvents.length);
  };
  const events = getFragmentData(HookEvents_event, [...first, ...later]);
  if (events.length === 0) return <p className={rows.soft}>{t('mediaServers.noEvents')}</p>;
  const hasMore = lastLength === undefined ? first.length === FIRST : lastLength === PAGE;
  return (
    <>
      <h3>{t('mediaServers.events')}</h3>
      <ul className={rows.rows} aria-label={t('mediaServers.events')}>
        {events.map(({ id, source, name, mediaUser, title, year, watched, liked, stars, receivedAt, deliveries, outcome, detail }) => (
          <HookEventRow
            key={id}
            name={title === '' ? name : year == null ? title : `${title} (${year})`}
            outcome={t(`mediaServers.outcomes.${outcome}`)}
            facts={[
              MEDIA_SOURCES[source],
              mediaUser,
              watched === true ? t('mediaServers.watched') : '',
              liked === true ? t('mediaServers.liked') : '',
              stars == null ? '' : t('mediaServers.stars', { stars: formats.number(stars) }),
              dates.dayAndTime(receivedAt),
              deliveries > 1 ? t('mediaServers.deliveries', { count: deliveries }) : '',
              detail,
            ]}
          />
        ))}
      </ul>
      {hasMore ? (
        <div className={rows.actions}>
          <Button disabled={loading} onClick={() => void more()}>
            {t('owner.more')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
