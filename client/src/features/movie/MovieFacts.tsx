import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { DrawnBackdrop } from '../poster/public/DrawnBackdrop.tsx';
import { Poster } from '../poster/public/Poster.tsx';
import { ExternalLinks } from './ExternalLinks.tsx';
import { Keywords } from './Keywords.tsx';
import styles from './MovieFacts.module.css';
import { MovieOffers } from './MovieOffers.tsx';
import { MoviePeople } from './MoviePeople.tsx';
import { Production } from './Production.tsx';
import { MovieActions } from './public/MovieActions.tsx';
import { MovieStars } from './public/MovieStars.tsx';
import { Trailer } from './Trailer.tsx';

const MovieFacts_movie = graphql(`
  fragment MovieFacts_movie on Movie {
    id
    title
    year
    runtime
    overview
    keywords
    ratingAverage
    ratingCount
    certification
    trailerKey
    viewerFeedback
    genres {
      id
      name
    }
    ...Poster_movie
    ...MovieActions_movie
    ...MovieStars_movie
    ...MovieOffers_movie
    ...MoviePeople_movie
    ...Production_movie
    ...ExternalLinks_movie
  }
`);

interface Props {
  movie: FragmentType<typeof MovieFacts_movie>;
  /** The viewer's own part: actions and score. */
  children: ReactNode;
}

/** All known facts of a movie. */
export function MovieFacts({ movie: given, children }: Props) {
  const { t } = useTranslation();
  const { facts, rating, number } = useFormats();
  const movie = getFragmentData(MovieFacts_movie, given);
  const genreName = useGenreName();
  return (
    <div className={styles.layout}>
      <DrawnBackdrop title={movie.title} year={movie.year} genres={movie.genres} />
      <div className={styles.poster}>
        <Poster movie={movie} eager />
      </div>
      <div className={styles.facts}>
        <p className={styles.title} aria-hidden>
          <bdi>{movie.title}</bdi>
        </p>
        <p className={styles.line}>
          {facts(movie, movie.certification)}
          {movie.ratingAverage === null || movie.ratingAverage === undefined ? null : (
            <span className={styles.rating}>
              <Star aria-hidden size={16} />
              <span className="visually-hidden">{t('movie.rating')}</span> {rating(movie.ratingAverage)}
              <span className={styles.count}>({t('movie.ratings', { count: movie.ratingCount, shown: number(movie.ratingCount) })})</span>
            </span>
          )}
        </p>
        <ul className={styles.genres} aria-label={t('movie.genres')}>
          {movie.genres.map((genre) => (
            <li key={genre.id}>
              <Link to={`/home?genre=${encodeURIComponent(genre.id)}`}>{genreName(genre)}</Link>
            </li>
          ))}
        </ul>
        <MovieActions movie={movie} spacious />
        {movie.trailerKey == null ? null : <Trailer title={movie.title} videoKey={movie.trailerKey} />}
        <MovieStars movie={movie} />
        <MovieOffers movie={movie} />
        {movie.overview === null || movie.overview === undefined ? null : (
          <p className={styles.overview} dir="auto">
            {movie.overview}
          </p>
        )}
        {children}
        <dl className={styles.list}>
          <MoviePeople movie={movie} />
          <Keywords keywords={movie.keywords} />
          <Production movie={movie} />
          <ExternalLinks movie={movie} />
        </dl>
      </div>
    </div>
  );
}
