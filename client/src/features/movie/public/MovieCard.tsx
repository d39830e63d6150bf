import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { useFormats } from '../../../language/useFormats.ts';
import { useGenreName } from '../../../language/useGenreName.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Tags } from '../../../ui/Tags.tsx';
import { MovieSummary_movie } from '../../poster/public/movie-summary.ts';
import { Poster } from '../../poster/public/Poster.tsx';
import { MovieActions } from '../MovieActions.tsx';
import { Explanation } from './Explanation.tsx';
import styles from './MovieCard.module.css';
import { WhyThis } from './WhyThis.tsx';

const MovieCard_recommendation = graphql(`
  fragment MovieCard_recommendation on Recommendation {
    explanationParts {
      ...Explanation_part
    }
    ...WhyThis_recommendation
    movie {
      viewerFeedback
      ...MovieSummary_movie
      ...MovieActions_movie
    }
  }
`);

const MAX_GENRES = 2;
const MAX_SERVICES = 2;

interface Props {
  recommendation: FragmentType<typeof MovieCard_recommendation>;
  eager?: boolean;
  /** Without genres and services, for narrow rows. */
  compact?: boolean;
}

export const MovieCard = memo(function MovieCard({ recommendation, eager = false, compact = false }: Props) {
  const { t } = useTranslation();
  const { facts } = useFormats();
  const [explaining, setExplaining] = useState(false);
  const recommended = getFragmentData(MovieCard_recommendation, recommendation);
  const { explanationParts } = recommended;
  const movie = getFragmentData(MovieSummary_movie, recommended.movie);
  const genreName = useGenreName();
  const services = movie.services.slice(0, MAX_SERVICES);
  return (
    <article className={styles.card} data-compact={compact} data-feedback={recommended.movie.viewerFeedback}>
      <Link to={`/movie/${movie.id}`} className={styles.picture} tabIndex={-1} aria-hidden>
        <Poster movie={movie} eager={eager} />
      </Link>
      <h3 className={styles.title}>
        <Link to={`/movie/${movie.id}`}>{movie.title}</Link>
      </h3>
      <p className={styles.facts}>{facts(movie)}</p>
      {compact ? null : (
        <>
          <p className={styles.facts}>{movie.genres.slice(0, MAX_GENRES).map(genreName).join(t('comma'))}</p>
          <Tags label={t('card.services')} tags={services} more={movie.services.length - services.length} />
        </>
      )}
      <div className={styles.foot}>
        <button type="button" className={styles.why} onClick={() => setExplaining(true)}>
          {t('card.why')}
          <span className="visually-hidden"> {movie.title}</span>
        </button>
        <MovieActions movie={recommended.movie} />
      </div>
      {explaining ? (
        <Dialog title={t('why.title', { title: movie.title })} onClose={() => setExplaining(false)}>
          <p>
            <Explanation parts={explanationParts} />
          </p>
          <WhyThis recommendation={recommended} />
        </Dialog>
      ) : null}
    </article>
  );
});
