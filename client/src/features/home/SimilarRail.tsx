import { useSuspenseQuery } from '@apollo/client/react';
import { useState } from 'react';
import { graphql } from '../../generated/index.ts';
import { MovieCard } from '../movie/public/MovieCard.tsx';
import { RailItems } from './Rail.tsx';

const SimilarRailQuery = graphql(`
  query SimilarRail($id: ID!) {
    movie(id: $id) {
      id
      similar(first: 14) {
        movie {
          id
          viewerFeedback
        }
        ...MovieCard_recommendation
        ...WhyThis_recommendation
      }
    }
  }
`);

/** Movies similar to a liked one, without those that the viewer rated or dismissed. */
export function SimilarRail({ movieId }: { movieId: string }) {
  const { data } = useSuspenseQuery(SimilarRailQuery, { variables: { id: movieId } });
  // Chosen once: a reaction marks its card in place.
  const [judged] = useState(
    () => new Set(data.movie?.similar.filter(({ movie }) => (movie.viewerFeedback ?? null) !== null).map(({ movie }) => movie.id)),
  );
  const unseen = data.movie?.similar.filter(({ movie }) => !judged.has(movie.id)) ?? [];
  return (
    <RailItems>
      {unseen.map((recommendation) => (
        <li key={recommendation.movie.id}>
          <MovieCard compact recommendation={recommendation} reasons={recommendation} />
        </li>
      ))}
    </RailItems>
  );
}
