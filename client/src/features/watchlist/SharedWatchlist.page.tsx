import '../../language/english-settings.ts';
import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { pathWithin } from '../../api/base-path.ts';
import { client } from '../../api/client.ts';
import { graphql } from '../../generated/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { preloadRanked, RankedWatchlist } from './RankedWatchlist.tsx';

const SharedWatchlistQuery = graphql(`
  query SharedWatchlist($id: ID!) {
    sharedWatchlist(id: $id) {
      id
      name
    }
    viewer {
      id
      watchlistLink {
        id
      }
    }
  }
`);

export function preload(address: URL): Promise<unknown> {
  const id = decodeURIComponent(pathWithin(address).split('/')[2] ?? '');
  return Promise.all([client.query({ query: SharedWatchlistQuery, variables: { id } }), preloadRanked(address.searchParams, id)]);
}

/** The watchlist that somebody shares by a link. */
export function Component() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  // Its owner may have ended it since it was read.
  const { data } = useSuspenseQuery(SharedWatchlistQuery, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const list = data.sharedWatchlist;
  if (list == null)
    return (
      <Page title={t('nav.watchlist')} heading={t('nav.watchlist')} lead={t('watchlist.sharing.gone')}>
        <p>
          <ButtonLink variant="primary" to="/home">
            {t('watchlist.find')}
          </ButtonLink>
        </p>
      </Page>
    );
  const isOwn = data.viewer?.watchlistLink?.id === list.id;
  return (
    <Page title={list.name} heading={<bdi>{list.name}</bdi>} lead={t(isOwn ? 'watchlist.sharing.own' : 'watchlist.sharing.lead')}>
      <Suspense fallback={<Skeleton height="60vh" />}>
        <RankedWatchlist sharedId={list.id} />
      </Suspense>
    </Page>
  );
}
