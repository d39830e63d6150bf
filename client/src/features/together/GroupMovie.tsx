import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Explanation } from '../movie/public/Explanation.tsx';
import { MovieSummary_movie } from '../poster/public/movie-summary.ts';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './GroupMovie.module.css';

const GroupMovie_recommendation = graphql(`
  fragment GroupMovie_recommendation on GroupRecommendation {
    score
    members {
      member
      score
      explanationParts {
        ...Explanation_part
      }
    }
    movie {
      ...MovieSummary_movie
    }
  }
`);

interface Props {
  recommendation: FragmentType<typeof GroupMovie_recommendation>;
  names: readonly string[];
  /** The largest score of the list: a bar of full length. */
  best: number;
}

/** A movie for the group, with its score for each member. */
export function GroupMovie({ recommendation, names, best }: Props) {
  const { facts } = useFormats();
  const { movie: masked, members } = getFragmentData(GroupMovie_recommendation, recommendation);
  const movie = getFragmentData(MovieSummary_movie, masked);
  return (
    <li className={styles.movie}>
      <Link to={`/movie/${movie.id}`} tabIndex={-1} aria-hidden>
        <Poster movie={movie} />
      </Link>
      <div className={styles.about}>
        <h3>
          <Link to={`/movie/${movie.id}`}>
            <bdi>{movie.title}</bdi>
          </Link>
        </h3>
        <p className={styles.facts}>{facts(movie, ...movie.services.slice(0, 3).map(({ name }) => name))}</p>
        <ul className={styles.members}>
          {members.map(({ member, score, explanationParts }) => (
            <li key={member}>
              <strong>
                <bdi>{names[member]}</bdi>
              </strong>
              <span className={styles.bar} aria-hidden>
                <span style={{ inlineSize: `${Math.max(0, Math.min(1, score / best)) * 100}%` }} />
              </span>
              <span className={styles.why}>
                <Explanation ofAnother parts={explanationParts} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}
