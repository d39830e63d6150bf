import { useQuery } from '@apollo/client/react';
import { Link2, UserPlus } from 'lucide-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import type { GroupStrategy } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import { ErrorBoundary } from '../errors/public/ErrorBoundary.tsx';
import { GroupList } from './GroupList.tsx';
import { MAX_MEMBERS, type Member, MIN_MEMBERS, membersWithPicks, readGroup, withMember, writeGroup } from './group.ts';
import { MemberCard } from './MemberCard.tsx';
import styles from './Together.module.css';

const TogetherQuery = graphql(`
  query Together($ids: [ID!]!) {
    movies(ids: $ids) {
      id
      title
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

const MAX_OWN_LIKES = 20;
const EMPTY_MEMBER: Member = { name: '', movieIds: [] };

export function preload({ searchParams }: URL): Promise<unknown> {
  return client.query({ query: TogetherQuery, variables: { ids: idsOf(readGroup(searchParams)) } });
}

export function Component() {
  const { t } = useTranslation();
  const copy = useCopy();
  const [search, setSearch] = useSearchParams();
  const group = readGroup(search);
  while (group.length < MIN_MEMBERS) group.push(EMPTY_MEMBER);
  const strategy: GroupStrategy = search.get('by') === 'average' ? 'AVERAGE' : 'LEAST_MISERY';
  const show = (next: readonly Member[], by: GroupStrategy): void => {
    const params = writeGroup(next);
    if (by === 'AVERAGE') params.set('by', 'average');
    setSearch(params, { replace: true, preventScrollReset: true });
  };
  const { data, previousData } = useQuery(TogetherQuery, { variables: { ids: idsOf(group) } });
  const known = data ?? previousData;
  const titles = new Map([...(known?.movies ?? []), ...(known?.viewer?.likedMovies ?? [])].map((movie) => [movie?.id, movie?.title]));
  const ownLikes = (known?.viewer?.likedMovies ?? []).slice(0, MAX_OWN_LIKES).map(({ id }) => id);
  const nameOf = (place: number): string => {
    const name = group[place].name;
    if (name !== '') return name;
    return place === 0 ? t('together.you') : t('together.member', { number: place + 1 });
  };
  const members = membersWithPicks(group.map((member, place) => ({ ...member, name: nameOf(place) })));
  return (
    <Page title={t('nav.together')} heading={t('together.heading')} lead={t('together.lead')}>
      <ul className={styles.members}>
        {group.map((member, place) => (
          <MemberCard
            // biome-ignore lint/suspicious/noArrayIndexKey: members have no id but their position.
            key={`${place} of ${group.length}`}
            member={member}
            fallbackName={place === 0 ? t('together.you') : t('together.member', { number: place + 1 })}
            titleOf={(movieId) => titles.get(movieId) ?? (data === undefined ? '…' : undefined)}
            ownLikes={place === 0 ? ownLikes : []}
            onChange={(change) => show(withMember(group, place, change), strategy)}
            onRemove={
              group.length <= MIN_MEMBERS
                ? undefined
                : () =>
                    show(
                      group.filter((_, other) => other !== place),
                      strategy,
                    )
            }
          />
        ))}
      </ul>
      <div className={styles.tools}>
        <Button disabled={group.length >= MAX_MEMBERS} onClick={() => show([...group, EMPTY_MEMBER], strategy)}>
          <UserPlus aria-hidden size={18} />
          {t('together.addPerson')}
        </Button>
        <Button onClick={() => void copy(window.location.href, t('together.linkCopied'))}>
          <Link2 aria-hidden size={18} />
          {t('together.copyLink')}
        </Button>
        <fieldset className={styles.strategy}>
          <legend className="visually-hidden">{t('together.strategy')}</legend>
          <Chip pressed={strategy === 'LEAST_MISERY'} onToggle={() => show(group, 'LEAST_MISERY')}>
            {t('together.leastMisery')}
          </Chip>
          <Chip pressed={strategy === 'AVERAGE'} onToggle={() => show(group, 'AVERAGE')}>
            {t('together.average')}
          </Chip>
        </fieldset>
      </div>
      <section className={styles.movies} aria-labelledby="together-films">
        <h2 id="together-films">{t('together.films')}</h2>
        {members.length < MIN_MEMBERS ? (
          <p className={styles.hint}>{t('together.hint')}</p>
        ) : (
          <ErrorBoundary key={search.toString()}>
            <Suspense fallback={<MoviesSkeleton />}>
              <GroupList members={members} strategy={strategy} />
            </Suspense>
          </ErrorBoundary>
        )}
      </section>
    </Page>
  );
}

function idsOf(group: readonly Member[]): string[] {
  return [...new Set(group.flatMap(({ movieIds }) => movieIds))];
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
