import { useState } from 'react';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { DrawnPoster } from './DrawnPoster.tsx';
import styles from './Poster.module.css';

const Poster_movie = graphql(`
  fragment Poster_movie on Movie {
    id
    title
    year
    posterUrl(width: 342)
    genres {
      id
      name
    }
  }
`);

interface Props {
  movie: FragmentType<typeof Poster_movie>;
  /** Loads the picture at once, for posters that are visible first. */
  eager?: boolean;
}

/** The picture from TMDb. A drawn poster stands in while it loads and when there is none. The title is in the text beside it. */
export function Poster({ movie: given, eager = false }: Props) {
  const movie = getFragmentData(Poster_movie, given);
  const [picture, setPicture] = useState<'awaited' | 'shown' | 'missing'>('awaited');
  return (
    <div className={styles.poster} aria-hidden>
      <DrawnPoster title={movie.title} year={movie.year} genres={movie.genres} />
      {movie.posterUrl === null || movie.posterUrl === undefined || picture === 'missing' ? null : (
        <img
          key={movie.posterUrl}
          className={styles.picture}
          data-shown={picture === 'shown'}
          src={movie.posterUrl}
          alt=""
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          onLoad={() => setPicture('shown')}
          onError={() => setPicture('missing')}
        />
      )}
    </div>
  );
}
