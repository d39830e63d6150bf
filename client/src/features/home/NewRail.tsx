import { useSuspenseQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { graphql } from '../../generated/index.ts';
import { MovieCard } from '../movie/public/MovieCard.tsx';
import { RailItems } from './Rail.tsx';

const NewRailQuery = graphql(`
  query NewRail($yearMin: Int!, $services: [String!]!) {
    recommendations(first: 14, mode: TRENDING, prefs: { yearMin: $yearMin, services: $services, preferredGenres: [] }) {
      edges {
        cursor
        node {
          movie {
            id
          }
          ...MovieCard_recommendation
        }
      }
    }
  }
`);

interface Props {
  yearMin: number;
  services: string[];
}

/** The newest movies on the viewer's services, best first. */
export function NewRail({ yearMin, services }: Props) {
  const ranking = useMemo(() => ({ prefs: { yearMin, services, preferredGenres: [] }, mode: 'TRENDING' as const }), [yearMin, services]);
  const { data } = useSuspenseQuery(NewRailQuery, { variables: { yearMin, services } });
  return (
    <RailItems>
      {data.recommendations.edges.map(({ node }) => (
        <li key={node.movie.id}>
          <MovieCard compact recommendation={node} ranking={ranking} />
        </li>
      ))}
    </RailItems>
  );
}
