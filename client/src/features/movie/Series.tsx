import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './Series.module.css';

const Series_movie = graphql(`
  fragment Series_movie on Movie {
    id
    collection
    collectionMovies {
      id
      title
      year
      ...Poster_movie
    }
  }
`);

/** The films of the series that the movie is part of, in their order. Nothing for a film that is alone. */
export function Series({ movie }: { movie: FragmentType<typeof Series_movie> }) {
  const { t } = useTranslation();
  const { id, collection, collectionMovies } = getFragmentData(Series_movie, movie);
  if (collection == null || collectionMovies.length < 2) return null;
  return (
    <section className={styles.series} aria-labelledby="series">
      <h2 id="series">
        <span className={styles.lead}>{t('movie.collection')}</span>{' '}
        <Link to={`/search?collection=${encodeURIComponent(collection)}`}>
          <bdi>{collection}</bdi>
        </Link>
      </h2>
      <ol ref={rovingFocus} className={styles.movies}>
        {collectionMovies.map((each) => (
          <li key={each.id}>
            <Link to={`/movie/${each.id}`} className={styles.movie} aria-current={each.id === id ? 'page' : undefined}>
              <Poster movie={each} />
              <bdi className={styles.title}>{each.title}</bdi>
              <span className={styles.year}>{each.id === id ? t('movie.thisOne') : each.year}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
