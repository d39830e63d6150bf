import '../../language/english-settings.ts';
import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import { graphql } from '../../generated/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { useWayBackHere } from '../account/public/way-back.ts';
import { ResetFeedback } from '../profile/public/ResetFeedback.tsx';
import { OpinionItem } from './OpinionItem.tsx';
import styles from './Opinions.module.css';
import { Traits } from './Traits.tsx';

const OpinionsQuery = graphql(`
  query Opinions {
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
      watchlist(status: WATCHED, first: 100) {
        totalCount
        edges {
          cursor
          node {
            movie {
              id
              title
              ...OpinionItem_movie
            }
          }
        }
      }
    }
  }
`);

/** The values of `show` in the address. */
const LISTS = ['profile', 'liked', 'disliked', 'hidden', 'seen'] as const;
/** Rows that are drawn at first, and by each "show more". */
const STEP = 40;

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
  const movies = {
    liked: viewer.likedMovies,
    disliked: viewer.dislikedMovies,
    hidden: viewer.notInterestedMovies,
    seen: viewer.watchlist.edges.map(({ node }) => node.movie),
  };
  const counts = {
    liked: movies.liked.length,
    disliked: movies.disliked.length,
    hidden: movies.hidden.length,
    seen: viewer.watchlist.totalCount,
  };
  return (
    <Page title={t('nav.opinions')} lead={t('opinions.lead')}>
      <nav className={styles.tabs} aria-label={t('opinions.which')}>
        {LISTS.map((name) => (
          <Link key={name} to={name === 'profile' ? '?' : `?show=${name}`} aria-current={name === list ? 'page' : undefined}>
            {name === 'profile' ? t('opinions.tabs.profile') : t(`opinions.tabs.${name}`, { count: counts[name] })}
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
        <MovieList key={list} list={list} movies={movies[list]} />
      )}
    </Page>
  );
}

interface MovieListProps {
  list: Exclude<(typeof LISTS)[number], 'profile'>;
  movies: readonly (Parameters<typeof OpinionItem>[0]['movie'] & { id: string; title: string })[];
}

function MovieList({ list, movies }: MovieListProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(STEP);
  const query = useDeferredValue(plain(text.trim()));
  const found = movies.filter(({ title }) => plain(title).includes(query));
  if (movies.length === 0) return <p className={styles.empty}>{t(`opinions.none.${list}`)}</p>;
  return (
    <>
      <input
        type="search"
        className={styles.search}
        aria-label={t('opinions.search')}
        placeholder={t('opinions.search')}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p role="status" className="visually-hidden">
        {t('search.count', { count: found.length })}
      </p>
      {found.length === 0 ? <p className={styles.empty}>{t('search.none', { query: text.trim() })}</p> : null}
      <ul className={styles.list}>
        {found.slice(0, limit).map((movie) => (
          <OpinionItem key={movie.id} movie={movie} />
        ))}
      </ul>
      {found.length > limit ? (
        <Button className={styles.more} onClick={() => setLimit((before) => before + STEP)}>
          {t('watchlist.more')}
        </Button>
      ) : null}
    </>
  );
}

/** In lower case and without accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
