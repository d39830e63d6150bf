import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { AbsenceNote } from '../movie/public/AbsenceNote.tsx';
import { MovieActions } from '../movie/public/MovieActions.tsx';
import { MovieLink } from '../movie/public/MovieLink.tsx';
import { MovieStars } from '../movie/public/MovieStars.tsx';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './Opinions.module.css';

const OpinionItem_movie = graphql(`
  fragment OpinionItem_movie on Movie {
    id
    title
    year
    runtime
    absence
    viewerRating
    genres {
      id
      name
    }
    ...AbsenceNote_movie
    ...MovieLink_movie
    ...Poster_movie
    ...MovieActions_movie
    ...MovieStars_movie
  }
`);

const MAX_GENRES = 2;

interface Props {
  movie: FragmentType<typeof OpinionItem_movie>;
  /** Shows the viewer's stars. */
  starred: boolean;
}

/** A movie that the viewer said something of, with the buttons to say something else. */
export function OpinionItem({ movie: given, starred }: Props) {
  const { t } = useTranslation();
  const { facts, number } = useFormats();
  const genreName = useGenreName();
  const movie = getFragmentData(OpinionItem_movie, given);
  return (
    <li className={styles.item}>
      <MovieLink movie={movie} className={styles.thumb} decorative>
        <Poster movie={movie} />
      </MovieLink>
      <div className={styles.about}>
        <h2>
          <MovieLink movie={movie}>
            <bdi>{movie.title}</bdi>
          </MovieLink>
        </h2>
        <AbsenceNote movie={movie} />
        <p>{facts(movie, ...movie.genres.slice(0, MAX_GENRES).map(genreName))}</p>
        {!starred || movie.viewerRating == null ? null : movie.absence == null ? (
          <MovieStars movie={movie} />
        ) : (
          <p>{t('stars.short', { stars: number(movie.viewerRating) })}</p>
        )}
      </div>
      {movie.absence == null ? <MovieActions movie={movie} /> : null}
    </li>
  );
}
