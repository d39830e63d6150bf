import { useQuery } from '@apollo/client/react';
import { Link2, Share2, SlidersHorizontal, UserPlus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import { graphql } from '../../generated/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import { ErrorBoundary } from '../errors/public/ErrorBoundary.tsx';
import { RouteError } from '../errors/public/RouteError.tsx';
import { GroupList } from './GroupList.tsx';
import { type Group, MAX_MEMBERS, MIN_MEMBERS, membersWithPicks, readGroup, withEmptyMembers, withMember, writeGroup } from './group.ts';
import { MemberCard } from './MemberCard.tsx';
import styles from './Together.module.css';
import { type Edit, SharedGroupQuery, useSharedGroup } from './useSharedGroup.ts';
import { WishesDialog } from './WishesDialog.tsx';

const TogetherQuery = graphql(`
  query Together($ids: [ID!]!) {
    movies(ids: $ids) {
      id
      title
    }
    services {
      id
      name
    }
    viewer {
      id
      name
      isGuest
      likedMovies {
        id
        title
      }
    }
  }
`);

/** The address of a shared group has its id, any other the group itself. */
const SHARED = 'group';
const MAX_OWN_LIKES = 20;

export function preload({ searchParams }: URL): Promise<unknown> {
  const id = searchParams.get(SHARED);
  if (id !== null) return client.query({ query: SharedGroupQuery, variables: { id } });
  return client.query({ query: TogetherQuery, variables: { ids: idsOf(readGroup(searchParams)) } });
}

export function Component() {
  const { t } = useTranslation();
  const copy = useCopy();
  const [search, setSearch] = useSearchParams();
  const id = search.get(SHARED);
  const { shared, error, change: changeShared, share, vote } = useSharedGroup(id);
  const group = withEmptyMembers(id === null ? readGroup(search) : { ...NOBODY, ...shared, runtimeMax: shared?.runtimeMax ?? null });
  const change = (edit: Edit): void => {
    const edited: Edit = (before) => edit(withEmptyMembers(before));
    if (id === null) setSearch(writeGroup(edited(readGroup(search))), { replace: true, preventScrollReset: true });
    else changeShared(edited);
  };
  const votes = shared?.votes ?? [];
  const ids = [...new Set([...idsOf(group), ...votes.map(({ movieId }) => movieId)])];
  const { data, previousData } = useQuery(TogetherQuery, { variables: { ids } });
  const known = data ?? previousData;
  const titles = new Map([...(known?.movies ?? []), ...(known?.viewer?.likedMovies ?? [])].map((movie) => [movie?.id, movie?.title]));
  const ownLikes = (known?.viewer?.likedMovies ?? []).slice(0, MAX_OWN_LIKES).map((movie) => movie.id);
  const { strategy } = group;
  // In a shared group, the first member is somebody else for most.
  const fallbackName = (place: number): string =>
    place === 0 && id === null ? t('together.you') : t('together.member', { number: place + 1 });
  const named = { ...group, members: group.members.map(({ name, movieIds }, place) => ({ name: name || fallbackName(place), movieIds })) };
  const leading = votes[0];
  const [choosing, setChoosing] = useState(false);

  const wishes = [
    ...group.services.map((service) => known?.services.find((one) => one.id === service)?.name ?? service),
    ...(group.runtimeMax === null ? [] : [t('tonight.atMost', { count: group.runtimeMax })]),
  ];

  const makeLink = async (): Promise<void> => {
    const made = await share(group);
    if (made === undefined) return;
    setSearch({ [SHARED]: made }, { replace: true, preventScrollReset: true });
    const address = new URL(window.location.href);
    address.search = new URLSearchParams({ [SHARED]: made }).toString();
    await copy(address.href, t('together.linkCopied'));
  };
  if (error !== undefined && shared === undefined) return <RouteError error={error} />;
  if (id !== null && shared === undefined) return <PageSkeleton />;
  if (id !== null && shared === null)
    return (
      <Page title={t('nav.together')} heading={t('together.heading')} lead={t('together.gone')}>
        <p>
          <ButtonLink variant="primary" to="/together">
            {t('together.startNew')}
          </ButtonLink>
        </p>
      </Page>
    );
  return (
    <Page title={t('nav.together')} heading={t('together.heading')} lead={id === null ? t('together.lead') : t('together.shared')}>
      <ul className={styles.members}>
        {group.members.map((member, place) => (
          <MemberCard
            // biome-ignore lint/suspicious/noArrayIndexKey: members have no id but their position.
            key={`${place} of ${group.members.length}`}
            member={member}
            fallbackName={fallbackName(place)}
            titleOf={(movieId) => titles.get(movieId) ?? (data === undefined ? '…' : undefined)}
            ownLikes={place === 0 || id !== null ? ownLikes : []}
            onChange={(changed) => change((before) => withMember(before, place, changed))}
            onRemove={
              group.members.length <= MIN_MEMBERS
                ? undefined
                : () => change((before) => ({ ...before, members: before.members.filter((_, other) => other !== place) }))
            }
          />
        ))}
      </ul>
      <div className={styles.tools}>
        <Button
          disabled={group.members.length >= MAX_MEMBERS}
          onClick={() => change((before) => ({ ...before, members: [...before.members, { name: '', movieIds: [] }] }))}
        >
          <UserPlus aria-hidden size={18} />
          {t('together.addPerson')}
        </Button>
        <Button aria-haspopup="dialog" onClick={() => setChoosing(true)}>
          <SlidersHorizontal aria-hidden size={18} />
          {t('filters.title')}
        </Button>
        {id === null ? (
          <Button onClick={() => void makeLink()}>
            <Share2 aria-hidden size={18} />
            {t('together.share')}
          </Button>
        ) : null}
        <Button onClick={() => void copy(window.location.href, t('together.linkCopied'))}>
          <Link2 aria-hidden size={18} />
          {t('together.copyLink')}
        </Button>
        <fieldset className={styles.strategy}>
          <legend className="visually-hidden">{t('together.strategy')}</legend>
          <Chip pressed={strategy === 'LEAST_MISERY'} onToggle={() => change((before) => ({ ...before, strategy: 'LEAST_MISERY' }))}>
            {t('together.leastMisery')}
          </Chip>
          <Chip pressed={strategy === 'AVERAGE'} onToggle={() => change((before) => ({ ...before, strategy: 'AVERAGE' }))}>
            {t('together.average')}
          </Chip>
        </fieldset>
      </div>
      <section className={styles.movies} aria-labelledby="together-films">
        <h2 id="together-films">{t('together.films')}</h2>
        {wishes.length === 0 ? null : <p>{wishes.join(' · ')}</p>}
        {id === null ? null : (
          <p>
            {leading === undefined
              ? t('together.noVotes')
              : t('together.leading', { title: titles.get(leading.movieId) ?? '…', count: leading.count })}
          </p>
        )}
        {membersWithPicks(group.members).length < MIN_MEMBERS ? (
          <p className={styles.hint}>{t('together.hint')}</p>
        ) : (
          <ErrorBoundary key={JSON.stringify(group)}>
            <Suspense fallback={<MoviesSkeleton />}>
              <GroupList group={named} voting={id === null ? undefined : { votes, onVote: vote }} />
            </Suspense>
          </ErrorBoundary>
        )}
      </section>
      {choosing ? (
        <WishesDialog
          group={group}
          services={known?.services ?? []}
          onChange={(changed) => change((before) => ({ ...before, ...changed }))}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </Page>
  );
}

const NOBODY: Group = { members: [], strategy: 'LEAST_MISERY', services: [], runtimeMax: null };

function idsOf({ members }: Group): string[] {
  return [...new Set(members.flatMap(({ movieIds }) => movieIds))];
}

function MoviesSkeleton() {
  return (
    <div className={styles.skeleton} aria-hidden>
      <Skeleton height="14rem" />
      <Skeleton height="14rem" />
      <Skeleton height="14rem" />
    </div>
  );
}
