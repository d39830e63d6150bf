import { useFragment } from '@apollo/client/react';
import { Star } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { useFormats } from '../../../language/useFormats.ts';
import { useGenreName } from '../../../language/useGenreName.ts';
import { Tags } from '../../../ui/Tags.tsx';
import { MovieSummary_movie } from '../../poster/public/movie-summary.ts';
import { Poster } from '../../poster/public/Poster.tsx';
import { type Asked, askedFirst } from './asked-first.ts';
import { Explanation } from './Explanation.tsx';
import { MovieActions } from './MovieActions.tsx';
import styles from './MovieCard.module.css';
import { PosterStars } from './PosterStars.tsx';
import { useStarKeys } from './useStarKeys.ts';
import { OWN_RANKING, type Ranking, WhyDialog } from './WhyDialog.tsx';
import type { WhyThis_recommendation } from './WhyThis.tsx';

/**
 * What a card shows of its list. The list that a page watches leaves out the viewer's reactions, which are CardReactions_movie: each card
 * watches its own, so that a reaction draws one card and Apollo does not compare the whole list. What is fetched has both.
 */
const MovieCard_recommendation = graphql(`
  fragment MovieCard_recommendation on Recommendation {
    explanationParts {
      ...Explanation_part
    }
    movie {
      ratingAverage
      ...MovieSummary_movie
    }
  }
`);

export const CardReactions_movie = graphql(`
  fragment CardReactions_movie on Movie {
    id
    title
    viewerFeedback
    viewerRating
    ...MovieActions_movie
    ...PosterStars_movie
  }
`);

const MAX_GENRES = 2;
const MAX_SERVICES = 2;
const NOTHING_ASKED: Asked = { genres: [], services: [] };

interface Props {
  recommendation: FragmentType<typeof MovieCard_recommendation>;
  eager?: boolean;
  /** Without genres and services, for narrow rows. */
  compact?: boolean;
  /** What the list was asked for is named first. The same object for all renders of a list. */
  asked?: Asked;
  /** The list that the card is in. The same object for all renders of a list. */
  ranking?: Ranking;
  /** The reasons, in a list that is not ranked for the viewer. */
  reasons?: FragmentType<typeof WhyThis_recommendation>;
}

export const MovieCard = memo(function MovieCard({
  recommendation,
  eager = false,
  compact = false,
  asked = NOTHING_ASKED,
  ranking = OWN_RANKING,
  reasons,
}: Props) {
  const { t } = useTranslation();
  const { facts, rating } = useFormats();
  const [explaining, setExplaining] = useState(false);
  const { explanationParts, movie: shown } = getFragmentData(MovieCard_recommendation, recommendation);
  const movie = getFragmentData(MovieSummary_movie, shown);
  const reactions = useFragment({
    fragment: CardReactions_movie,
    fragmentName: 'CardReactions_movie',
    from: { __typename: 'Movie', id: movie.id },
  });
  const rateByKey = useStarKeys(reactions.complete ? reactions.data : undefined);
  const genreName = useGenreName();
  const genres = askedFirst(movie.genres, asked.genres).slice(0, MAX_GENRES);
  const services = askedFirst(movie.services, asked.services).slice(0, MAX_SERVICES);
  return (
    <article className={styles.card} data-compact={compact} data-feedback={reactions.data.viewerFeedback} onKeyDown={rateByKey}>
      <Link to={`/movie/${movie.id}`} className={styles.picture} tabIndex={-1} aria-hidden>
        <Poster movie={movie} eager={eager} />
      </Link>
      <h3 className={styles.title}>
        <Link to={`/movie/${movie.id}`}>{movie.title}</Link>
      </h3>
      <p className={styles.facts}>
        {facts(movie)}
        {shown.ratingAverage == null ? null : (
          <span className={styles.rating}>
            {' · '}
            <Star aria-hidden size={13} />
            <span className="visually-hidden">{t('movie.rating')}</span> {rating(shown.ratingAverage)}
          </span>
        )}
      </p>
      {compact ? null : (
        <>
          <p className={styles.facts}>
            {genres.map(genreName).join(t('comma'))}
            {movie.genres.length > genres.length ? (
              <bdi dir="ltr" className={styles.more}>
                +{movie.genres.length - genres.length}
              </bdi>
            ) : null}
          </p>
          <Tags label={t('card.services')} tags={services} more={movie.services.length - services.length} />
        </>
      )}
      <div className={styles.foot}>
        <button type="button" data-printed className={styles.why} onClick={() => setExplaining(true)}>
          <span className="visually-hidden">{t('card.whyOf', { title: movie.title })}</span>
          <span className={styles.reason}>
            <Explanation parts={explanationParts} movieId={movie.id} />
          </span>
        </button>
        {reactions.complete ? (
          <>
            <PosterStars movie={reactions.data} />
            <MovieActions movie={reactions.data} />
          </>
        ) : null}
      </div>
      {explaining ? (
        <WhyDialog
          movie={movie}
          reasons={reasons === undefined ? { ranking } : { known: reasons, parts: explanationParts }}
          onClose={() => setExplaining(false)}
        />
      ) : null}
    </article>
  );
});
