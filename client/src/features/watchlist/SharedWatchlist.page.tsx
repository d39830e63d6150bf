import '../../language/english-settings.ts';
import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { graphql } from '../../generated/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { RankedWatchlist } from './RankedWatchlist.tsx';

const SharedWatchlistQuery = graphql(`
  query SharedWatchlist($id: ID!) {
    sharedWatchlist(id: $id) {
      id
      name
    }
  }
`);

/** The watchlist that somebody shares by a link. */
export function Component() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  // Its owner may have ended it since.
  const { data } = useSuspenseQuery(SharedWatchlistQuery, { variables: { id }, fetchPolicy: 'network-only' });
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
  return (
    <Page title={list.name} heading={<bdi>{list.name}</bdi>} lead={t('watchlist.sharing.lead')}>
      <Suspense fallback={<Skeleton height="60vh" />}>
        <RankedWatchlist sharedId={list.id} />
      </Suspense>
    </Page>
  );
}
