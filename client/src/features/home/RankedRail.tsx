import { useSuspenseQuery } from '@apollo/client/react';
import { graphql } from '../../generated/index.ts';
import { MovieCard } from '../movie/public/MovieCard.tsx';
import type { Ranking } from '../movie/public/WhyDialog.tsx';
import { MAX_IN_RAIL_AND_LIST, RailItems } from './Rail.tsx';

const RankedRailQuery = graphql(`
  query RankedRail($prefs: PreferencesInput!, $mode: RecommendationMode!, $first: Int!) {
    recommendations(first: $first, mode: $mode, prefs: $prefs) {
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
  }
`);

interface Props {
  /** The same object for all renders. */
  ranking: Ranking;
  /** The movies of the ranking that belong in the rail. */
  movies: ReadonlySet<string>;
}

/** A part of a ranking in one row. */
export function RankedRail({ ranking, movies }: Props) {
  const { data } = useSuspenseQuery(RankedRailQuery, { variables: { ...ranking, first: MAX_IN_RAIL_AND_LIST } });
  const shown = data.recommendations.edges.filter(({ node }) => movies.has(node.movie.id));
  return (
    <RailItems>
      {shown.map(({ node }) => (
        <li key={node.movie.id}>
          <MovieCard compact recommendation={node} ranking={ranking} />
        </li>
      ))}
    </RailItems>
  );
}
