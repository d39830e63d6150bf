import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WhyThis_RecommendationFragment } from '../../../generated/graphql.ts';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { useFormats } from '../../../language/useFormats.ts';
import { useGenreName } from '../../../language/useGenreName.ts';
import styles from './WhyThis.module.css';

export const WhyThis_recommendation = graphql(`
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

/**
 * The parts of the score: in words with bars first, with figures on request. Positive parts extend to the end of the line, negative parts
 * to its start.
 */
export function WhyThis({ recommendation }: Props) {
  const { t } = useTranslation();
  const { share, number } = useFormats();
  const { reasons, score, movie } = getFragmentData(WhyThis_recommendation, recommendation);
  const largest = Math.max(Math.abs(reasons.at(0)?.contribution ?? 0), Number.MIN_VALUE);
  const shown = reasons.length > MAX + 1 ? reasons.slice(0, MAX) : reasons;
  const rest = reasons.slice(shown.length).reduce((sum, { contribution }) => sum + contribution, 0);
  const against = rest < 0 || shown.some(({ contribution }) => contribution < 0);
  const parts = shown.map((reason) => ({
    key: `${reason.kind} ${reason.label}`,
    name: <ReasonName reason={reason} genres={movie.genres} />,
    contribution: reason.contribution,
  }));
  const count = reasons.length - shown.length;
  if (count > 0) parts.push({ key: 'rest', name: <>{t('why.rest', { count, shown: number(count) })}</>, contribution: rest });
  return (
    <div className={styles.why}>
      <ul className={styles.reasons} data-against={against}>
        {parts.map(({ key, name, contribution }) => (
          <li key={key} className={styles.reason}>
            {name}
            <span className={styles.track} aria-hidden>
              <span
                className={contribution < 0 ? styles.minus : styles.plus}
                style={{ inlineSize: `${Math.min(1, Math.abs(contribution) / largest) * (against ? 50 : 100)}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
      <details>
        <summary className={styles.summary}>{t('why.details')}</summary>
        <dl className={styles.figures} aria-label={t('why.details')}>
          {parts.map(({ key, name, contribution }) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd>{share(contribution)}</dd>
            </div>
          ))}
          <div className={styles.total}>
            <dt>{t('why.total')}</dt>
            <dd>{share(score)}</dd>
          </div>
        </dl>
        <p className={styles.note}>{t('why.note')}</p>
      </details>
    </div>
  );
}

type Reason = WhyThis_RecommendationFragment['reasons'][number];

function ReasonName({
  reason: { kind, label, movie },
  genres,
}: {
  reason: Reason;
  genres: WhyThis_RecommendationFragment['movie']['genres'];
}) {
  const { t } = useTranslation();
  const genreName = useGenreName();
  if (movie !== null && movie !== undefined)
    return (
      <span>
        {t(kind === 'DISLIKED_MOVIE' ? 'why.disliked' : kind === 'RATED_MOVIE' ? 'why.rated' : 'why.liked')}{' '}
        <Link to={`/movie/${movie.id}`}>
          <bdi>{movie.year === null ? movie.title : `${movie.title} (${movie.year})`}</bdi>
        </Link>
      </span>
    );
  switch (kind) {
    case 'POPULARITY':
      return <span>{t('why.popularity')}</span>;
    case 'CATALOG_AVERAGE':
      return <span>{t('why.average')}</span>;
    case 'OPERATOR_RULE':
      return <span>{t('why.operatorRule')}</span>;
    case 'PREFERRED_GENRE': {
      // The label is the server's name of the genre.
      const genre = genres.find(({ name }) => name === label);
      return <span>{t('why.genre', { genre: genre === undefined ? label : genreName(genre) })}</span>;
    }
    default:
      return <span>{label}</span>;
  }
}
