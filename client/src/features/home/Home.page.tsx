import { useBackgroundQuery, useReadQuery, useSuspenseQuery } from '@apollo/client/react';
import { Suspense, useMemo, useOptimistic, useState, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import { getFragmentData, graphql } from '../../generated/index.ts';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import type { Asked } from '../movie/public/asked-first.ts';
import { MovieGridSkeleton } from '../movie/public/MovieGrid.tsx';
import { rankingIsFresh, useRankingAge } from '../movie/public/ranking-age.ts';
import { SortSelect } from '../movie/public/SortSelect.tsx';
import type { Ranking } from '../movie/public/WhyDialog.tsx';
import { NEUTRAL } from '../profile/public/FamiliarSlider.tsx';
import { AppliedFilters_connection, type ServedFilters, servedFilters } from './applied-filters.ts';
import { FilterBar } from './FilterBar.tsx';
import styles from './Home.module.css';
import { fetchNewRanking, fetchNextPage, listVariables, PAGE, preloadList, ShownListQuery } from './home-list.ts';
import { filtersOf, type MovieFilters, preferencesOf, searchOf } from './movie-filters.ts';
import { preloadRails, Rails } from './Rails.tsx';
import { RecommendationList, RecommendationList_connection } from './RecommendationList.tsx';

const HomeQuery = graphql(`
  query Home {
    catalog {
      version
    }
    ...FilterBar_query
  }
`);

export function preload(address: URL): Promise<unknown> {
  return Promise.all([preloadList(address), client.query({ query: HomeQuery }), preloadRails()]);
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
  // Both requests start before the first of them suspends.
  const [home] = useBackgroundQuery(HomeQuery);
  const {
    data: { recommendations },
  } = useSuspenseQuery(ShownListQuery, { variables: listVariables(requested) });
  const { data } = useReadQuery(home);
  const served = servedFilters(getFragmentData(AppliedFilters_connection, recommendations), requested, filters);
  const list = search.toString();
  const { totalCount, edges } = getFragmentData(RecommendationList_connection, recommendations);
  const asked = useAsked(filters, served);
  const ranking = useMemo(() => rankingOf(filtersOf(new URLSearchParams(list))), [list]);
  const { age, outdated } = useRankingAge(list);
  const more = async (after: string): Promise<void> => {
    if (loading) return;
    setLoading(true);
    setFailed(false);
    try {
      await fetchNextPage(requested, after);
    } catch {
      setFailed(true);
    }
    setLoading(false);
  };
  const rankAgain = (): void =>
    startChange(async () => {
      await fetchNewRanking(requested);
      rankingIsFresh(list);
    });
  const change = (next: MovieFilters): void =>
    startChange(() => {
      showFilters(next);
      setSearch(searchOf(next), { preventScrollReset: true });
    });
  const clear = (): void =>
    change({
      ...filtersOf(new URLSearchParams()),
      genres: [],
      services: [],
      languages: [],
      runtimeMin: null,
      runtimeMax: null,
      familiar: NEUTRAL,
    });
  return (
    <Page title={t('home.title')}>
      <FilterBar query={data} filters={filters} served={served} count={changing ? undefined : totalCount} onChange={change} />
      <Rails list={list} age={age} shown={edges.slice(0, PAGE).map(({ node }) => node.movie.id)} />
      <section aria-label={t('home.list')} aria-busy={changing} className={styles.list}>
        <RecommendationList
          // A new list for new filters. Without the key, React would move the movies of the old list.
          key={list}
          list={list}
          asked={asked}
          ranking={ranking}
          connection={recommendations}
          loading={loading}
          failed={failed}
          onMore={(after) => void more(after)}
          outdated={outdated}
          onRankAgain={rankAgain}
          onClear={clear}
          tools={<SortSelect ranked sort={filters.sort} onChange={(sort) => change({ ...filters, sort })} />}
        />
      </section>
    </Page>
  );
}

/** What the cards name first. The object stays the same while nothing changes: cards are drawn again for a new one. */
function useAsked({ genres, services }: MovieFilters, served: ServedFilters): Asked {
  const asked = JSON.stringify({
    genres: genres ?? served.genres.map(({ id }) => id),
    services: services ?? served.services.map(({ id }) => id),
  });
  return useMemo(() => JSON.parse(asked), [asked]);
}

function rankingOf(filters: MovieFilters): Ranking {
  return { prefs: preferencesOf(filters), mode: filters.mode };
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
