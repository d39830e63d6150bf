import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReasonKind } from '../../../generated/graphql.ts';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { useFormats } from '../../../language/useFormats.ts';
import { useGenreName } from '../../../language/useGenreName.ts';
import styles from './WhyThis.module.css';

const WhyThis_recommendation = graphql(`
  fragment WhyThis_recommendation on Recommendation {
    score
    movie {
      id
      genres {
        id
        name
      }
    }
    reasons {
      kind
      label
      contribution
      movie {
        id
        title
        year
      }
    }
  }
`);

/** Number of bars. Smaller parts share one bar. */
const MAX = 8;

interface Props {
  recommendation: FragmentType<typeof WhyThis_recommendation>;
}

/** The parts of the score as bars. Positive parts extend to the end of the line, negative parts to its start. */
export function WhyThis({ recommendation }: Props) {
  const { t } = useTranslation();
  const { share, number } = useFormats();
  const genreName = useGenreName();
  const { reasons, score, movie: recommended } = getFragmentData(WhyThis_recommendation, recommendation);
  // The label of a genre's reason is the server's name of the genre.
  const genreOf = (label: string): string => {
    const genre = recommended.genres.find(({ name }) => name === label);
    return genre === undefined ? label : genreName(genre);
  };
  const largest = Math.max(Math.abs(reasons.at(0)?.contribution ?? 0), Number.MIN_VALUE);
  const shown = reasons.length > MAX + 1 ? reasons.slice(0, MAX) : reasons;
  const rest = reasons.slice(shown.length).reduce((sum, { contribution }) => sum + contribution, 0);
  const against = rest < 0 || shown.some(({ contribution }) => contribution < 0);
  const bar = (contribution: number) => (
    <span className={styles.track} aria-hidden>
      <span
        className={contribution < 0 ? styles.minus : styles.plus}
        style={{ inlineSize: `${Math.min(1, Math.abs(contribution) / largest) * (against ? 50 : 100)}%` }}
      />
    </span>
  );
  return (
    <div className={styles.why}>
      <ul className={styles.reasons} data-against={against}>
        {shown.map(({ kind, label, contribution, movie }) => (
          <li key={`${kind} ${label}`} className={styles.reason}>
            <span>
              {movie === null || movie === undefined ? (
                labelOf(kind, kind === 'PREFERRED_GENRE' ? genreOf(label) : label, t)
              ) : (
                <>
                  {t(kind === 'DISLIKED_MOVIE' ? 'why.disliked' : 'why.liked')}{' '}
                  <Link to={`/movie/${movie.id}`}>{movie.year === null ? movie.title : `${movie.title} (${movie.year})`}</Link>
                </>
              )}
            </span>
            <span className={styles.figure}>{share(contribution)}</span>
            {bar(contribution)}
          </li>
        ))}
        {shown.length === reasons.length ? null : (
          <li className={styles.reason}>
            <span className={styles.label}>
              {t('why.rest', { count: reasons.length - shown.length, shown: number(reasons.length - shown.length) })}
            </span>
            <span className={styles.figure}>{share(rest)}</span>
            {bar(rest)}
          </li>
        )}
      </ul>
      <p className={styles.total}>
        <span>{t('why.total')}</span>
        <span className={styles.figure}>{share(score)}</span>
      </p>
      <p className={styles.note}>{t('why.note')}</p>
    </div>
  );
}

function labelOf(kind: ReasonKind, label: string, t: ReturnType<typeof useTranslation>['t']): string {
  switch (kind) {
    case 'POPULARITY':
      return t('why.popularity');
    case 'CATALOG_AVERAGE':
      return t('why.average');
    case 'PREFERRED_GENRE':
      return t('why.genre', { genre: label });
    default:
      return label;
  }
}
