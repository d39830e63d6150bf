import { useSuspenseQuery } from '@apollo/client/react';
import { startTransition } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupStrategy } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './GroupList.module.css';
import { GroupMovie } from './GroupMovie.tsx';

const GroupListQuery = graphql(`
  query GroupList($members: [PreferencesInput!]!, $strategy: GroupStrategy!, $after: String) {
    groupRecommendations(members: $members, strategy: $strategy, first: 12, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          members {
            score
          }
          movie {
            id
          }
          ...GroupMovie_recommendation
        }
      }
    }
  }
`);

interface Props {
  members: readonly { name: string; movieIds: readonly string[] }[];
  strategy: GroupStrategy;
}

export function GroupList({ members, strategy }: Props) {
  const { t } = useTranslation();
  const inputs = members.map(({ movieIds }) => ({ likedMovieIds: [...movieIds] }));
  const { data, fetchMore } = useSuspenseQuery(GroupListQuery, { variables: { members: inputs, strategy } });
  const { edges, pageInfo } = data.groupRecommendations;
  const best = Math.max(...edges.flatMap(({ node }) => node.members.map(({ score }) => score)), 0) || 1;
  const names = members.map(({ name }) => name);
  return (
    <>
      <ol className={styles.list}>
        {edges.map(({ node }) => (
          <GroupMovie key={node.movie.id} recommendation={node} names={names} best={best} />
        ))}
      </ol>
      {pageInfo.hasNextPage ? (
        <Button className={styles.more} onClick={() => startTransition(() => void fetchMore({ variables: { after: pageInfo.endCursor } }))}>
          {t('watchlist.more')}
        </Button>
      ) : null}
    </>
  );
}
