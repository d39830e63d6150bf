import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { MovieStars } from './MovieStars.tsx';
import styles from './PosterStars.module.css';

const PosterStars_movie = graphql(`
  fragment PosterStars_movie on Movie {
    viewerRating
    ...MovieStars_movie
  }
`);

/**
 * The stars of a card, by which one says in one tap that one saw the movie. With a mouse they are on its poster, while it is pointed at or
 * has the focus.
 */
export function PosterStars({ movie: given }: { movie: FragmentType<typeof PosterStars_movie> }) {
  const movie = getFragmentData(PosterStars_movie, given);
  return (
    <div className={styles.stars} data-rated={movie.viewerRating != null}>
      <MovieStars movie={movie} />
    </div>
  );
}
