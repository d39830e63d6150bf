import '../../language/english-settings.ts';
import { useSuspenseQuery } from '@apollo/client/react';
import { Bookmark, Dices, LayoutGrid, List, Share2 } from 'lucide-react';
import { Suspense, startTransition, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { WatchlistSort, WatchlistStatus } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useWayBackHere } from '../account/public/way-back.ts';
import { ErrorBoundary } from '../errors/public/ErrorBoundary.tsx';
import { RandomPick } from './RandomPick.tsx';
import { RankedWatchlist } from './RankedWatchlist.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { ShareDialog } from './ShareDialog.tsx';
import { extended, NOTHING_SELECTED, selectedOf, toggled } from './selection.ts';
import { useRemoveEntries } from './useRemoveEntries.ts';
import { useSetWatched } from './useSetWatched.ts';
import styles from './Watchlist.module.css';
import { WatchlistItem } from './WatchlistItem.tsx';

const WatchlistQuery = graphql(`
  query Watchlist($status: WatchlistStatus!, $sort: WatchlistSort!, $after: String) {
    viewer {
      id
      watchlist(status: $status, sort: $sort, first: 50, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            addedAt
            watched
            watchedAt
            movie {
              id
            }
            ...WatchlistItem_entry
          }
        }
      }
    }
  }
`);

// The values of `status` in the address.
const STATUSES: readonly { param: string; status: WatchlistStatus; label: 'all' | 'toWatch' | 'watched' }[] = [
  { param: '', status: 'TO_WATCH', label: 'toWatch' },
  { param: 'watched', status: 'WATCHED', label: 'watched' },
  { param: 'all', status: 'ALL', label: 'all' },
];
const SORTS: readonly { param: string; sort: WatchlistSort; label: 'added' | 'title' | 'year' }[] = [
  { param: '', sort: 'RECENTLY_ADDED', label: 'added' },
  { param: 'title', sort: 'TITLE', label: 'title' },
  { param: 'year', sort: 'YEAR', label: 'year' },
];

const VIEWS = [
  { param: '', label: 'list', Icon: List },
  { param: 'grid', label: 'grid', Icon: LayoutGrid },
] as const;

export function Component() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [picking, setPicking] = useState(false);
  const [sharing, setSharing] = useState(false);
  const status = STATUSES.find(({ param }) => param === search.get('status')) ?? STATUSES[0];
  const sort = SORTS.find(({ param }) => param === search.get('sort')) ?? SORTS[0];
  const isGrid = status.status === 'TO_WATCH' && search.get('view') === 'grid';
  const withParam = (name: string, value: string): URLSearchParams => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    return next;
  };
  return (
    <Page title={t('nav.watchlist')}>
      <div className={styles.tools}>
        <nav className={styles.tabs} aria-label={t('watchlist.which')}>
          {STATUSES.map(({ param, label }) => (
            <Link key={label} to={`?${withParam('status', param)}`} aria-current={param === status.param ? 'page' : undefined}>
              {t(`watchlist.tabs.${label}`)}
            </Link>
          ))}
        </nav>
        {status.status === 'TO_WATCH' ? (
          <nav className={`${styles.tabs} ${styles.views}`} aria-label={t('watchlist.views.label')}>
            {VIEWS.map(({ param, label, Icon }) => (
              <Link
                key={label}
                to={`?${param === '' ? '' : `view=${param}`}`}
                aria-label={t(`watchlist.views.${label}`)}
                title={t(`watchlist.views.${label}`)}
                aria-current={isGrid === (param !== '') ? 'page' : undefined}
              >
                <Icon aria-hidden size={20} />
              </Link>
            ))}
          </nav>
        ) : null}
        {isGrid ? null : (
          <label className={styles.sort}>
            <span>{t('watchlist.sort')}</span>
            <select value={sort.param} onChange={(event) => setSearch(withParam('sort', event.target.value), { replace: true })}>
              {SORTS.map(({ param, label }) => (
                <option key={label} value={param}>
                  {t(`watchlist.sorts.${label}`)}
                </option>
              ))}
            </select>
          </label>
        )}
        <Button variant="primary" onClick={() => setPicking(true)}>
          <Dices aria-hidden size={20} />
          {t('watchlist.pick')}
        </Button>
        <Button aria-haspopup="dialog" onClick={() => setSharing(true)}>
          <Share2 aria-hidden size={18} />
          {t('watchlist.sharing.share')}
        </Button>
      </div>
      <Suspense fallback={<ListSkeleton />}>
        {isGrid ? <RankedWatchlist /> : <Entries key={`${status.status} ${sort.sort}`} status={status.status} sort={sort.sort} />}
      </Suspense>
      {sharing ? (
        <Dialog title={t('watchlist.sharing.title')} onClose={() => setSharing(false)}>
          <ErrorBoundary fallback={<p role="alert">{t('notSaved')}</p>}>
            <Suspense fallback={<Skeleton height="14rem" />}>
              <ShareDialog />
            </Suspense>
          </ErrorBoundary>
        </Dialog>
      ) : null}
      {picking ? (
        <Dialog title={t('watchlist.pickTitle')} onClose={() => setPicking(false)}>
          <Suspense fallback={<Skeleton height="14rem" />}>
            <RandomPick />
          </Suspense>
        </Dialog>
      ) : null}
    </Page>
  );
}

function Entries({ status, sort }: { status: WatchlistStatus; sort: WatchlistSort }) {
  const { t } = useTranslation();
  const { data, fetchMore } = useSuspenseQuery(WatchlistQuery, { variables: { status, sort }, fetchPolicy: 'cache-and-network' });
  const wayBack = useWayBackHere();
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  const viewerId = data.viewer?.id ?? '';
  const setWatched = useSetWatched(viewerId);
  const removeEntries = useRemoveEntries(viewerId);
  const edges = data.viewer?.watchlist.edges ?? [];
  const pageInfo = data.viewer?.watchlist.pageInfo;
  if (data.viewer === null || data.viewer === undefined)
    return (
      <div className={styles.empty}>
        <Bookmark aria-hidden size={36} strokeWidth={1.5} />
        <p>{t('watchlist.signedOut')}</p>
        <ButtonLink variant="primary" to="/sign-in" state={wayBack}>
          {t('account.signIn')}
        </ButtonLink>
        <ButtonLink to="/home">{t('watchlist.find')}</ButtonLink>
      </div>
    );
  if (edges.length === 0)
    return (
      <div className={styles.empty}>
        <Bookmark aria-hidden size={36} strokeWidth={1.5} />
        <p>{t(status === 'WATCHED' ? 'watchlist.noneWatched' : 'watchlist.empty')}</p>
        <ButtonLink variant="primary" to="/home">
          {t('watchlist.find')}
        </ButtonLink>
      </div>
    );
  const order = edges.map(({ node }) => node.movie.id);
  const selected = selectedOf(selection, order);
  const remove = (ids: readonly string[]): void => {
    const entries = edges.map(({ node }) => node).filter(({ movie }) => ids.includes(movie.id));
    void removeEntries(entries.map(({ movie, addedAt, watched, watchedAt }) => ({ movieId: movie.id, addedAt, watched, watchedAt })));
    setSelection(NOTHING_SELECTED);
  };
  const markWatched = (ids: string[], watched: boolean): void => {
    void setWatched(ids, watched);
    setSelection(NOTHING_SELECTED);
  };
  return (
    <>
      {selected.length === 0 ? null : (
        <SelectionBar
          count={selected.length}
          onSetWatched={(watched) => markWatched(selected, watched)}
          onRemove={() => remove(selected)}
          onClear={() => setSelection(NOTHING_SELECTED)}
        />
      )}
      <ul className={styles.list}>
        {edges.map(({ node }) => (
          <WatchlistItem
            key={node.movie.id}
            entry={node}
            selected={selection.ids.has(node.movie.id)}
            onSelect={(how) =>
              setSelection((before) => (how === 'extend' ? extended(before, order, node.movie.id) : toggled(before, node.movie.id)))
            }
            onSetWatched={(watched) => markWatched([node.movie.id], watched)}
            onRemove={() => remove([node.movie.id])}
          />
        ))}
      </ul>
      {pageInfo?.hasNextPage === true ? (
        <Button className={styles.more} onClick={() => startTransition(() => void fetchMore({ variables: { after: pageInfo.endCursor } }))}>
          {t('watchlist.more')}
        </Button>
      ) : null}
    </>
  );
}

function ListSkeleton() {
  return (
    <div className={styles.list} aria-hidden>
      {['1', '2', '3', '4', '5'].map((place) => (
        <Skeleton key={place} height="8.6rem" />
      ))}
    </div>
  );
}
