import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Explanation } from '../movie/public/Explanation.tsx';
import { MovieSummary_movie } from '../poster/public/movie-summary.ts';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './GroupMovie.module.css';
import { hasOwnReason } from './own-reason.ts';

const GroupMovie_recommendation = graphql(`
  fragment GroupMovie_recommendation on GroupRecommendation {
    score
    members {
      member
      score
      explanationParts {
        kind
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
  /** The largest score of the list for each member. The largest of all is a bar of full length. */
  bests: readonly number[];
  /** Undefined: nobody can vote. */
  vote: { count: number; mine: boolean; set(wanted: boolean): void } | undefined;
}

/** A movie for the group, with its score for each member. */
export function GroupMovie({ recommendation, names, bests, vote }: Props) {
  const { t } = useTranslation();
  const { facts } = useFormats();
  const { movie: masked, members } = getFragmentData(GroupMovie_recommendation, recommendation);
  const movie = getFragmentData(MovieSummary_movie, masked);
  const best = Math.max(...bests) || 1;
  const isOwn = members.map((member) => hasOwnReason(member, bests[member.member] ?? 0));
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
        {isOwn.includes(true) ? null : <p className={styles.compromise}>{t('together.compromise')}</p>}
        {vote === undefined ? null : (
          <p>
            <Chip pressed={vote.mine} onToggle={() => vote.set(!vote.mine)}>
              {t('together.vote')}
              <span className="visually-hidden">{movie.title}</span>
              {vote.count === 0 ? null : ` · ${t('together.votes', { count: vote.count })}`}
            </Chip>
          </p>
        )}
        <ul className={styles.members}>
          {members.map(({ member, score, explanationParts }, place) => (
            <li key={member}>
              <strong>
                <bdi>{names[member]}</bdi>
              </strong>
              <span className={styles.bar} aria-hidden>
                <span style={{ inlineSize: `${Math.max(0, Math.min(1, score / best)) * 100}%` }} />
              </span>
              <span className={styles.why}>
                {isOwn[place] === true ? <Explanation ofAnother parts={explanationParts} /> : t('together.notOwn', { name: names[member] })}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}
