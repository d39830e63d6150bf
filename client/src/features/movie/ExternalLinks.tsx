import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import styles from './MovieFacts.module.css';

const ExternalLinks_movie = graphql(`
  fragment ExternalLinks_movie on Movie {
    id
    imdbId
    tmdbId
  }
`);

/** A movie that MovieLens does not have has another kind of id. */
const MOVIELENS_ID = /^\d+$/;

/** The movie's pages on other sites. */
export function ExternalLinks({ movie }: { movie: FragmentType<typeof ExternalLinks_movie> }) {
  const { t } = useTranslation();
  const { id, imdbId, tmdbId } = getFragmentData(ExternalLinks_movie, movie);
  const isOnMovieLens = MOVIELENS_ID.test(id);
  if (imdbId == null && tmdbId == null && !isOnMovieLens) return null;
  return (
    <>
      <dt>{t('movie.elsewhere')}</dt>
      <dd className={styles.tags}>
        {imdbId == null ? null : <a href={`https://www.imdb.com/title/${imdbId}/`}>IMDb</a>}
        {tmdbId == null ? null : <a href={`https://www.themoviedb.org/movie/${tmdbId}`}>TMDb</a>}
        {isOnMovieLens ? <a href={`https://movielens.org/movies/${id}`}>MovieLens</a> : null}
      </dd>
    </>
  );
}
