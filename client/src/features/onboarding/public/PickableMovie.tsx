import { Heart } from 'lucide-react';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { Poster } from '../../poster/public/Poster.tsx';
import styles from './PickableMovie.module.css';

const PickableMovie_movie = graphql(`
  fragment PickableMovie_movie on Movie {
    id
    title
    year
    ...Poster_movie
  }
`);

interface Props {
  movie: FragmentType<typeof PickableMovie_movie>;
  picked: boolean;
  onPick(id: string): void;
}

export function PickableMovie({ movie: given, picked, onPick }: Props) {
  const movie = getFragmentData(PickableMovie_movie, given);
  return (
    <button type="button" aria-pressed={picked} data-movie={movie.id} className={styles.movie} onClick={() => onPick(movie.id)}>
      <Poster movie={movie} />
      <span className={styles.caption}>
        <span className={styles.name} dir="auto">
          {movie.title}
        </span>
        <Heart aria-hidden size={18} className={styles.mark} />
      </span>
    </button>
  );
}
