import { Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../hooks/useFormats.ts';
import { useGenreName } from '../../hooks/useGenreName.ts';
import { Poster } from '../Poster.tsx';
import { drawnBy, paletteOf } from '../poster-palette.ts';
import { Tags } from '../Tags.tsx';
import { MovieActions } from './MovieActions.tsx';
import styles from './MovieFacts.module.css';

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
  }
`);

const MovieFacts_viewer = graphql(`
  fragment MovieFacts_viewer on Viewer {
    preferences {
      preferredGenres {
        id
        name
      }
      services {
        id
        name
      }
    }
  }
`);

interface Props {
  movie: FragmentType<typeof MovieFacts_movie>;
  viewer: FragmentType<typeof MovieFacts_viewer> | null;
  /** Titles among the most similar that the viewer likes. */
  likedAlike: readonly string[];
}

/** Everything known of a film, and what of it the viewer asked for. */
export function MovieFacts({ movie: given, viewer: asking, likedAlike }: Props) {
  const { t } = useTranslation();
  const { facts, rating, number, list, language } = useFormats();
  const movie = getFragmentData(MovieFacts_movie, given);
  const { glow } = paletteOf(
    movie.genres.map(({ id }) => id),
    drawnBy(movie),
  );
  const preferences = asking === null ? undefined : getFragmentData(MovieFacts_viewer, asking).preferences;
  const own = (
    wanted: readonly { id: string; name: string }[] | undefined,
    has: readonly { id: string }[],
  ): readonly { id: string; name: string }[] => (wanted ?? []).filter(({ id }) => has.some((one) => one.id === id));
  const genreName = useGenreName();
  const genres = own(preferences?.preferredGenres, movie.genres).map(genreName);
  const services = own(preferences?.services, movie.services).map(({ name }) => name);
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
          {facts(movie)}
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
        {genres.length + services.length + likedAlike.length === 0 ? null : (
          <div className={styles.fits}>
            <h2>{t('movie.fits')}</h2>
            <ul>
              {likedAlike.length === 0 ? null : <li>{t('movie.fitsLiked', { titles: list(likedAlike) })}</li>}
              {genres.length === 0 ? null : <li>{t('movie.fitsGenres', { genres: list(genres) })}</li>}
              {services.length === 0 ? null : <li>{t('movie.fitsServices', { services: list(services) })}</li>}
            </ul>
          </div>
        )}
        {movie.overview === null || movie.overview === undefined ? null : (
          <p className={styles.overview} dir="auto">
            {movie.overview}
          </p>
        )}
        <dl className={styles.list}>
          <dt>{t('movie.watch')}</dt>
          <dd>{movie.services.length === 0 ? t('movie.nowhere') : <Tags label={t('movie.watch')} tags={movie.services} />}</dd>
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
      <dd>{values.join(t('comma'))}</dd>
    </>
  );
}
