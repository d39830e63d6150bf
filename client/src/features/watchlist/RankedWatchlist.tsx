import { useSuspenseQuery } from '@apollo/client/react';
import { startTransition, useMemo, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import type { PreferencesInput } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { DensityToggle } from '../../ui/DensityToggle.tsx';
import foundList from '../../ui/found-list.module.css';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { toggled } from '../../ui/toggled.ts';
import { MovieCard } from '../movie/public/MovieCard.tsx';
import { MovieGrid } from '../movie/public/MovieGrid.tsx';
import { sortOf, withSort } from '../movie/public/movie-sort.ts';
import { SortSelect } from '../movie/public/SortSelect.tsx';
import styles from './RankedWatchlist.module.css';

const RankedWatchlistQuery = graphql(`
  query RankedWatchlist($prefs: PreferencesInput!, $sort: MovieSort, $after: String, $own: Boolean!, $sharedId: ID) {
    recommendations(prefs: $prefs, sort: $sort, onWatchlist: $own, sharedWatchlistId: $sharedId, first: 48, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          movie {
            id
            ...CardReactions_movie
          }
          ...MovieCard_recommendation
        }
      }
    }
    services {
      id
      name
    }
  }
`);

/** Values of `length` in the address, in minutes. */
const LENGTHS = [
  { name: 'short', runtimeMin: null, runtimeMax: 90 },
  { name: 'usual', runtimeMin: 90, runtimeMax: 130 },
  { name: 'long', runtimeMin: 130, runtimeMax: null },
] as const;

interface Props {
  /** The list that somebody shares; the viewer's own by default. */
  sharedId?: string;
}

/** Starts the query of a list that somebody shares, as the address narrows it. */
export function preloadRanked(search: URLSearchParams, sharedId: string): Promise<unknown> {
  return client.query({
    query: RankedWatchlistQuery,
    variables: { prefs: prefsOf(search.getAll('service'), lengthOf(search)), sort: sortOf(search), own: false, sharedId },
  });
}

/** What is still to watch, best for the viewer first, as a grid with filters. Filters of the profile do not hide what somebody listed. */
export function RankedWatchlist({ sharedId }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [changing, startChange] = useTransition();
  const services = search.getAll('service');
  const length = lengthOf(search);
  const isFiltered = services.length > 0 || length !== undefined;
  const sort = sortOf(search);
  const prefs = usePrefs(services, length);
  const ranking = useMemo(() => ({ prefs, mode: 'FOR_YOU' as const }), [prefs]);
  const { data, fetchMore } = useSuspenseQuery(RankedWatchlistQuery, {
    variables: { prefs, sort, own: sharedId === undefined, sharedId },
    fetchPolicy: 'cache-and-network',
  });
  const { edges, totalCount, pageInfo } = data.recommendations;
  const change = (edit: (next: URLSearchParams) => URLSearchParams): void =>
    startChange(() => setSearch(edit(new URLSearchParams(search)), { replace: true, preventScrollReset: true }));
  const set = (name: string, values: readonly string[]): void =>
    change((next) => {
      next.delete(name);
      for (const value of values) next.append(name, value);
      return next;
    });
  return (
    <>
      <div className={foundList.filters}>
        <fieldset ref={rovingFocus} className={foundList.chips} aria-label={t('filters.services')}>
          {data.services.map(({ id, name }) => (
            <Chip key={id} pressed={services.includes(id)} onToggle={() => set('service', toggled(services, id))}>
              {name}
            </Chip>
          ))}
        </fieldset>
        <fieldset ref={rovingFocus} className={foundList.chips} aria-label={t('filters.runtime')}>
          {LENGTHS.map(({ name }) => (
            <Chip key={name} pressed={length?.name === name} onToggle={() => set('length', length?.name === name ? [] : [name])}>
              {t(`filters.lengths.${name}`)}
            </Chip>
          ))}
        </fieldset>
      </div>
      <div className={styles.head}>
        <p role="status">{t('home.count', { count: totalCount })}</p>
        <SortSelect ranked sort={sort} onChange={(next) => change((before) => withSort(before, next))} />
        <DensityToggle />
      </div>
      <div aria-busy={changing} className={foundList.found}>
        {edges.length === 0 ? (
          <div className={styles.none}>
            <p>{t(isFiltered ? 'watchlist.noneMatch' : sharedId === undefined ? 'watchlist.empty' : 'watchlist.sharing.empty')}</p>
            {isFiltered ? (
              <Button onClick={() => setSearch(sharedId === undefined ? { view: 'grid' } : {})}>{t('filters.clear')}</Button>
            ) : null}
          </div>
        ) : (
          <MovieGrid key={search.toString()}>
            {edges.map(({ node }) => (
              <li key={node.movie.id}>
                <MovieCard recommendation={node} ranking={ranking} />
              </li>
            ))}
          </MovieGrid>
        )}
        {pageInfo.hasNextPage ? (
          <Button
            className={foundList.more}
            onClick={() => startTransition(() => void fetchMore({ variables: { after: pageInfo.endCursor } }))}
          >
            {t('watchlist.more')}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function lengthOf(search: URLSearchParams): (typeof LENGTHS)[number] | undefined {
  return LENGTHS.find(({ name }) => name === search.get('length'));
}

function prefsOf(services: string[], length: (typeof LENGTHS)[number] | undefined): PreferencesInput {
  const { runtimeMin = null, runtimeMax = null } = length ?? {};
  return { services, languages: [], genreMatch: 'PREFER', runtimeMin, runtimeMax };
}

/** The object stays the same while nothing changes: cards are drawn again for a new one. */
function usePrefs(services: string[], length: (typeof LENGTHS)[number] | undefined): PreferencesInput {
  const text = JSON.stringify(prefsOf(services, length));
  return useMemo(() => JSON.parse(text), [text]);
}
