import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { MovieActions } from '../movie/public/MovieActions.tsx';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './Opinions.module.css';

const OpinionItem_movie = graphql(`
  fragment OpinionItem_movie on Movie {
    id
    title
    year
    runtime
    genres {
      id
      name
    }
    ...Poster_movie
    ...MovieActions_movie
  }
`);

const MAX_GENRES = 2;

/** A movie that the viewer said something of, with the buttons to say something else. */
export function OpinionItem({ movie: given }: { movie: FragmentType<typeof OpinionItem_movie> }) {
  const { facts } = useFormats();
  const genreName = useGenreName();
  const movie = getFragmentData(OpinionItem_movie, given);
  return (
    <li className={styles.item}>
      <Link to={`/movie/${movie.id}`} className={styles.thumb} tabIndex={-1} aria-hidden>
        <Poster movie={movie} />
      </Link>
      <div className={styles.about}>
        <h2>
          <Link to={`/movie/${movie.id}`}>
            <bdi>{movie.title}</bdi>
          </Link>
        </h2>
        <p>{facts(movie, ...movie.genres.slice(0, MAX_GENRES).map(genreName))}</p>
      </div>
      <MovieActions movie={movie} />
    </li>
  );
}
