import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense, useOptimistic, useState, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import type { FeedbackSignal } from '../../generated/graphql.ts';
import { getFragmentData, graphql } from '../../generated/index.ts';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { MovieGridSkeleton } from '../movie/public/MovieGrid.tsx';
import { AppliedFilters_connection, servedFilters } from './applied-filters.ts';
import { FilterBar } from './FilterBar.tsx';
import styles from './Home.module.css';
import { filtersOf, type MovieFilters, preferencesOf, searchOf } from './movie-filters.ts';
import { NewRail } from './NewRail.tsx';
import { Rail } from './Rail.tsx';
import { RecommendationList } from './RecommendationList.tsx';
import { SimilarRail } from './SimilarRail.tsx';

const HomeQuery = graphql(`
  query Home($prefs: PreferencesInput!, $mode: RecommendationMode!, $first: Int!, $after: String, $newSince: Int!) {
    recommendations(prefs: $prefs, mode: $mode, first: $first, after: $after) {
      edges {
        cursor
      }
      ...RecommendationList_connection
      ...AppliedFilters_connection
    }
    new: recommendations(first: 1, mode: TRENDING, prefs: { yearMin: $newSince, preferredGenres: [] }) {
      totalCount
    }
    viewer {
      id
      likedMovies {
        id
        title
      }
      preferences {
        services {
          id
        }
      }
    }
    catalog {
      version
    }
    ...FilterBar_query
  }
`);

const PAGE = 24;
/** Upper bound for the movies fetched again after a like changed the ranking. */
const MAX_REFETCHED = 96;
/** Movies of this year and later count as new. */
const NEW_SINCE = new Date().getFullYear() - 3;

export function preload(address: URL): Promise<unknown> {
  return client.query({ query: HomeQuery, variables: variablesOf(filtersOf(address.searchParams)) });
}

export function Component() {
  return (
    <Suspense fallback={<HomeSkeleton />}>
      <Home />
    </Suspense>
  );
}

function Home() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [changing, startChange] = useTransition();
  const [loading, setLoading] = useState(false);
  const [failed, setFailed] = useState(false);
  const requested = filtersOf(search);
  // The chips change at once. The list and the address change when the answer arrives.
  const [filters, showFilters] = useOptimistic(requested);
  const { data, fetchMore } = useSuspenseQuery(HomeQuery, { variables: variablesOf(requested) });
  const served = servedFilters(getFragmentData(AppliedFilters_connection, data.recommendations), requested, filters);
  // Fixed when the page opens: rails must not move under the pointer.
  const [rails] = useState(() => ({
    liked: data.viewer?.likedMovies.at(0),
    servicesWithNew: data.new.totalCount === 0 ? [] : (data.viewer?.preferences.services.map(({ id }) => id) ?? []),
  }));
  const more = async (after: string): Promise<void> => {
    if (loading) return;
    setLoading(true);
    setFailed(false);
    try {
      await fetchMore({ variables: { after } });
    } catch {
      setFailed(true);
    }
    setLoading(false);
  };
  // A like or dislike changes the ranking: the shown part is fetched again in place.
  const refetch = (signal: FeedbackSignal): void => {
    if (signal === 'NOT_INTERESTED') return;
    const shown = Math.min(Math.max(data.recommendations.edges.length, PAGE), MAX_REFETCHED);
    startChange(async () => {
      await fetchMore({ variables: { first: shown } });
    });
  };
  const change = (next: MovieFilters): void =>
    startChange(() => {
      showFilters(next);
      setSearch(searchOf(next), { preventScrollReset: true });
    });
  const clear = (): void =>
    change({ ...filtersOf(new URLSearchParams()), genres: [], services: [], languages: [], runtimeMin: null, runtimeMax: null });
  return (
    <Page title={t('home.title')}>
      <FilterBar query={data} filters={filters} served={served} onChange={change} />
      {rails.liked === undefined ? null : (
        <Rail title={t('home.becauseYouLiked', { title: rails.liked.title })}>
          <SimilarRail movieId={rails.liked.id} />
        </Rail>
      )}
      {rails.servicesWithNew.length === 0 ? null : (
        <Rail title={t('home.newOnServices')}>
          <NewRail yearMin={NEW_SINCE} services={rails.servicesWithNew} />
        </Rail>
      )}
      <section aria-label={t('home.list')} aria-busy={changing} className={styles.list}>
        <RecommendationList
          // A new list for new filters. Without the key, React would move the movies of the old list.
          key={search.toString()}
          connection={data.recommendations}
          loading={loading}
          failed={failed}
          onMore={(after) => void more(after)}
          onFeedback={refetch}
          onClear={clear}
        />
      </section>
    </Page>
  );
}

function variablesOf(filters: MovieFilters) {
  return { prefs: preferencesOf(filters), mode: filters.mode, first: PAGE, newSince: NEW_SINCE };
}

function HomeSkeleton() {
  return (
    <PageSkeleton>
      <Skeleton width="20rem" height="2.75rem" />
      <Skeleton height="2.75rem" />
      <Skeleton width="8rem" height="1.4rem" />
      <MovieGridSkeleton count={14} />
    </PageSkeleton>
  );
}
