import '../../language/english-settings.ts';
import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import { getFragmentData, graphql } from '../../generated/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { useWayBackHere } from '../account/public/way-back.ts';
import { ResetFeedback } from '../profile/public/ResetFeedback.tsx';
import { OpinionList } from './OpinionList.tsx';
import styles from './Opinions.module.css';
import { fetchRatedAfter, fetchSeenAfter, RatedMovies_viewer, SeenMovies_viewer } from './paged-lists.ts';
import { Traits } from './Traits.tsx';

const OpinionsQuery = graphql(`
  query Opinions($seenAfter: String, $ratedAfter: String) {
    viewer {
      id
      ...Traits_viewer
      likedMovies {
        id
        title
        ...OpinionItem_movie
      }
      dislikedMovies {
        id
        title
        ...OpinionItem_movie
      }
      notInterestedMovies {
        id
        title
        ...OpinionItem_movie
      }
      ...SeenMovies_viewer
      ...RatedMovies_viewer
    }
  }
`);

/** The values of `show` in the address. */
const LISTS = ['profile', 'liked', 'disliked', 'hidden', 'rated', 'seen'] as const;
export function preload(): Promise<unknown> {
  return client.query({ query: OpinionsQuery });
}

export function Component() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Opinions />
    </Suspense>
  );
}

/** Everything that the viewer said of movies, to search, correct and undo, and what follows from it. */
function Opinions() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const wayBack = useWayBackHere();
  const { data } = useSuspenseQuery(OpinionsQuery, { fetchPolicy: 'cache-and-network' });
  const { viewer } = data;
  const list = LISTS.find((name) => name === search.get('show')) ?? 'profile';
  if (viewer === null || viewer === undefined)
    return (
      <Page title={t('nav.opinions')}>
        <p>{t('opinions.signedOut')}</p>
        <p>
          <ButtonLink variant="primary" to="/welcome">
            {t('profile.begin')}
          </ButtonLink>{' '}
          <ButtonLink to="/sign-in" state={wayBack}>
            {t('account.signIn')}
          </ButtonLink>
        </p>
      </Page>
    );
  const seen = getFragmentData(SeenMovies_viewer, viewer).watchlist;
  const rated = getFragmentData(RatedMovies_viewer, viewer).ratings;
  const lists = {
    liked: whole(viewer.likedMovies),
    disliked: whole(viewer.dislikedMovies),
    hidden: whole(viewer.notInterestedMovies),
    rated: { ...rated, movies: rated.edges.map(({ node }) => node.movie), fetchAfter: fetchRatedAfter },
    seen: { ...seen, movies: seen.edges.map(({ node }) => node.movie), fetchAfter: fetchSeenAfter },
  };
  return (
    <Page title={t('nav.opinions')} lead={t('opinions.lead')}>
      <nav className={styles.tabs} aria-label={t('opinions.which')}>
        {LISTS.map((name) => (
          <Link
            key={name}
            ref={name === list ? centred : undefined}
            to={name === 'profile' ? '?' : `?show=${name}`}
            aria-current={name === list ? 'page' : undefined}
          >
            {name === 'profile' ? t('opinions.tabs.profile') : t(`opinions.tabs.${name}`, { count: lists[name].totalCount })}
          </Link>
        ))}
      </nav>
      {list === 'profile' ? (
        <>
          <Traits viewer={viewer} />
          <div>
            <ResetFeedback />
          </div>
        </>
      ) : (
        <OpinionList key={list} name={list} {...lists[list]} />
      )}
    </Page>
  );
}

function whole<Movie>(movies: readonly Movie[]) {
  return { movies, totalCount: movies.length };
}

/** On a narrow screen the current tab may be outside the strip. Only the strip is scrolled: `scrollIntoView` would move the page too. */
function centred(tab: HTMLElement | null): void {
  const strip = tab?.parentElement;
  if (tab === null || strip == null) return;
  const [own, around] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()];
  strip.scrollLeft += own.left + own.width / 2 - (around.left + around.width / 2);
}
