import { useSuspenseQuery } from '@apollo/client/react';
import { startTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './GroupList.module.css';
import { GroupMovie } from './GroupMovie.tsx';
import { type Group, membersWithPicks } from './group.ts';

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
  /** Every member has a name. */
  group: Group;
  /** Undefined: nobody can vote. */
  voting:
    | { votes: readonly { movieId: string; count: number; mine: boolean }[]; onVote(movieId: string, wanted: boolean): void }
    | undefined;
}

export function GroupList({ group, voting }: Props) {
  const { t } = useTranslation();
  const { strategy, services, runtimeMax } = group;
  const members = membersWithPicks(group.members);
  const wishes = { ...(services.length === 0 ? {} : { services: [...services] }), ...(runtimeMax === null ? {} : { runtimeMax }) };
  const inputs = members.map(({ movieIds }) => ({ likedMovieIds: [...movieIds], ...wishes }));
  const { data, fetchMore } = useSuspenseQuery(GroupListQuery, { variables: { members: inputs, strategy } });
  const { edges, pageInfo } = data.groupRecommendations;
  const bests = members.map((_, place) => Math.max(...edges.map(({ node }) => node.members[place]?.score ?? 0), 0));
  if (edges.length === 0) return <p>{t('home.empty.title')}</p>;
  const names = members.map(({ name }) => name);
  return (
    <>
      <ol className={styles.list}>
        {edges.map(({ node }) => (
          <GroupMovie
            key={node.movie.id}
            recommendation={node}
            names={names}
            bests={bests}
            vote={
              voting === undefined
                ? undefined
                : {
                    count: 0,
                    mine: false,
                    ...voting.votes.find(({ movieId }) => movieId === node.movie.id),
                    set: (wanted) => voting.onVote(node.movie.id, wanted),
                  }
            }
          />
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
