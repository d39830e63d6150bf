import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Tags } from '../../ui/Tags.tsx';
import { MovieActions } from '../movie/public/MovieActions.tsx';
import { PosterStars } from '../movie/public/PosterStars.tsx';
import { useStarKeys } from '../movie/public/useStarKeys.ts';
import { MovieSummary_movie } from '../poster/public/movie-summary.ts';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './Results.module.css';

const FoundMovie_movie = graphql(`
  fragment FoundMovie_movie on Movie {
    directors
    viewerFeedback
    viewerRating
    ...MovieSummary_movie
    ...MovieActions_movie
    ...PosterStars_movie
  }
`);

const MAX_GENRES = 2;
const MAX_SERVICES = 2;

/** A movie that a search found. */
export function FoundMovie({ movie: given }: { movie: FragmentType<typeof FoundMovie_movie> }) {
  const { t } = useTranslation();
  const { facts } = useFormats();
  const genreName = useGenreName();
  const found = getFragmentData(FoundMovie_movie, given);
  const movie = getFragmentData(MovieSummary_movie, found);
  const rateByKey = useStarKeys({ ...found, ...movie });
  const services = movie.services.slice(0, MAX_SERVICES);
  return (
    <article className={styles.movie} onKeyDown={rateByKey}>
      <Link to={`/movie/${movie.id}`} tabIndex={-1} aria-hidden>
        <Poster movie={movie} />
      </Link>
      <h2>
        <Link to={`/movie/${movie.id}`}>
          <bdi>{movie.title}</bdi>
        </Link>
      </h2>
      <p>{facts(movie, found.directors.at(0))}</p>
      <p>{movie.genres.slice(0, MAX_GENRES).map(genreName).join(t('comma'))}</p>
      <Tags label={t('card.services')} tags={services} more={movie.services.length - services.length} />
      <div className={styles.foot}>
        <PosterStars movie={found} />
        <MovieActions movie={found} />
      </div>
    </article>
  );
}
