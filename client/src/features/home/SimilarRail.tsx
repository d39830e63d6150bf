import { useSuspenseQuery } from '@apollo/client/react';
import { useState } from 'react';
import { graphql } from '../../generated/index.ts';
import { MovieCard } from '../movie/public/MovieCard.tsx';
import { MAX_IN_RAIL, MAX_IN_RAIL_AND_LIST, RailItems } from './Rail.tsx';

const SimilarRailQuery = graphql(`
  query SimilarRail($id: ID!, $first: Int!) {
    movie(id: $id) {
      id
      similar(first: $first) {
        movie {
          id
          viewerFeedback
          ...CardReactions_movie
        }
        ...MovieCard_recommendation
        ...WhyThis_recommendation
      }
    }
  }
`);

interface Props {
  movieId: string;
  /** Movies that the list below shows. */
  shown: ReadonlySet<string>;
}

/** Movies similar to a liked one, without those that the viewer judged and those of the list. */
export function SimilarRail({ movieId, shown }: Props) {
  const { data } = useSuspenseQuery(SimilarRailQuery, { variables: { id: movieId, first: MAX_IN_RAIL_AND_LIST } });
  // Chosen once: a reaction marks its card in place.
  const [judged] = useState(
    () => new Set(data.movie?.similar.filter(({ movie }) => (movie.viewerFeedback ?? null) !== null).map(({ movie }) => movie.id)),
  );
  const unseen = data.movie?.similar.filter(({ movie }) => !judged.has(movie.id) && !shown.has(movie.id)).slice(0, MAX_IN_RAIL) ?? [];
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
