import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { StarRating } from '../../../ui/StarRating.tsx';
import { useRateMovie } from '../useRateMovie.ts';

const MovieStars_movie = graphql(`
  fragment MovieStars_movie on Movie {
    id
    title
    viewerRating
    viewerFeedback
  }
`);

/** The viewer's stars for a movie, to see and to change. */
export function MovieStars({ movie: given }: { movie: FragmentType<typeof MovieStars_movie> }) {
  const { t } = useTranslation();
  const movie = getFragmentData(MovieStars_movie, given);
  const rate = useRateMovie();
  return (
    <StarRating
      value={movie.viewerRating ?? null}
      label={t('stars.label', { title: movie.title })}
      onRate={(stars) => rate(movie, stars)}
    />
  );
}
