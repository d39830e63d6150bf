import { Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { isolated } from '../../language/language.ts';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Poster } from '../poster/public/Poster.tsx';
import { drawnBy, paletteOf } from '../poster/public/poster-palette.ts';
import styles from './MovieFacts.module.css';
import { MovieActions } from './public/MovieActions.tsx';
import { MovieStars } from './public/MovieStars.tsx';
import { ServiceMarks } from './public/ServiceMarks.tsx';

const MovieFacts_movie = graphql(`
  fragment MovieFacts_movie on Movie {
    id
    title
    year
    runtime
    overview
    cast
    directors
    keywords
    originalLanguage
    ratingAverage
    ratingCount
    imdbId
    certification
    tmdbId
    viewerFeedback
    genres {
      id
      name
    }
    services {
      id
      name
    }
    ...Poster_movie
    ...MovieActions_movie
    ...MovieStars_movie
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
  const { facts, rating, number, language } = useFormats();
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
        {movie.overview === null || movie.overview === undefined ? null : (
          <p className={styles.overview} dir="auto">
            {movie.overview}
          </p>
        )}
        {children}
        <dl className={styles.list}>
          <dt>{t('movie.watch')}</dt>
          <dd>
            <ServiceMarks services={movie.services} />
          </dd>
          <Fact name={t('movie.directors')} values={movie.directors} />
          <Fact name={t('movie.cast')} values={movie.cast} />
          <Fact name={t('movie.keywords')} values={movie.keywords} />
          <Fact
            name={t('movie.language')}
            values={movie.originalLanguage === null || movie.originalLanguage === undefined ? [] : [language(movie.originalLanguage)]}
          />
          <dt>{t('movie.elsewhere')}</dt>
          <dd className={styles.links}>
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

function Fact({ name, values }: { name: string; values: readonly string[] }) {
  const { t } = useTranslation();
  if (values.length === 0) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{values.map(isolated).join(t('comma'))}</dd>
    </>
  );
}
