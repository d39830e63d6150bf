import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Poster } from '../poster/public/Poster.tsx';
import { drawnBy, paletteOf } from '../poster/public/poster-palette.ts';
import { Fact } from './Fact.tsx';
import styles from './MovieFacts.module.css';
import { MovieOffers } from './MovieOffers.tsx';
import { MoviePeople } from './MoviePeople.tsx';
import { Production } from './Production.tsx';
import { MovieActions } from './public/MovieActions.tsx';
import { MovieStars } from './public/MovieStars.tsx';

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
    imdbId
    certification
    tmdbId
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
  const { glow } = paletteOf(
    movie.genres.map(({ id }) => id),
    drawnBy(movie),
  );
  return (
    <div className={styles.layout}>
      <div className={styles.wash} style={{ color: glow }} aria-hidden />
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
          <Fact name={t('movie.keywords')} values={movie.keywords} />
          <Production movie={movie} />
          <dt>{t('movie.elsewhere')}</dt>
          <dd className={styles.links}>
            {movie.trailerKey == null ? null : (
              <a href={`https://www.youtube.com/watch?v=${encodeURIComponent(movie.trailerKey)}`}>{t('movie.trailer')}</a>
            )}
            {movie.imdbId === null || movie.imdbId === undefined ? null : <a href={`https://www.imdb.com/title/${movie.imdbId}/`}>IMDb</a>}
            {movie.tmdbId === null || movie.tmdbId === undefined ? null : (
              <a href={`https://www.themoviedb.org/movie/${movie.tmdbId}`}>TMDb</a>
            )}
            <a href={`https://movielens.org/movies/${movie.id}`}>MovieLens</a>
          </dd>
        </dl>
      </div>
    </div>
  );
}
