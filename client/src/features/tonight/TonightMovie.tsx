import { Check, MoonStar, Shuffle, Star } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { Explanation } from '../movie/public/Explanation.tsx';
import { MovieStars } from '../movie/public/MovieStars.tsx';
import { ServiceMarks } from '../movie/public/ServiceMarks.tsx';
import { usePageStarKeys } from '../movie/public/useStarKeys.ts';
import { Poster } from '../poster/public/Poster.tsx';
import { drawnBy, paletteOf } from '../poster/public/poster-palette.ts';
import { useMarkSeen } from '../watchlist/public/useMarkSeen.ts';
import { useWatchlistToggle } from '../watchlist/public/useWatchlistToggle.ts';
import styles from './Tonight.module.css';

const TonightMovie_recommendation = graphql(`
  fragment TonightMovie_recommendation on Recommendation {
    explanationParts {
      ...Explanation_part
    }
    movie {
      id
      title
      year
      runtime
      overview
      ratingAverage
      viewerRating
      viewerFeedback
      genres {
        id
        name
      }
      services {
        id
        name
      }
      watchlistEntry {
        addedAt
        watched
        watchedAt
        movie {
          id
        }
      }
      ...Poster_movie
      ...MovieStars_movie
    }
  }
`);

interface Props {
  recommendation: FragmentType<typeof TonightMovie_recommendation>;
  /** The services of the viewer. */
  own: readonly string[];
  onAnother(): void;
  onSkip(id: string): void;
  onUnskip(id: string): void;
  onSeen(id: string, seen: boolean): void;
}

/** The movie, large, with the reason in words and what one can answer. */
export function TonightMovie({ recommendation, own, onAnother, onSkip, onUnskip, onSeen }: Props) {
  const { t } = useTranslation();
  const toast = useToast();
  const { facts, rating } = useFormats();
  const genreName = useGenreName();
  const markSeen = useMarkSeen();
  const toggle = useWatchlistToggle();
  const { movie, explanationParts } = getFragmentData(TonightMovie_recommendation, recommendation);
  usePageStarKeys(movie);
  const listed = movie.watchlistEntry !== null && movie.watchlistEntry !== undefined;
  const { glow } = paletteOf(
    movie.genres.map(({ id }) => id),
    drawnBy(movie),
  );
  const title = useAnnounced(movie.id);
  const skip = (): void => {
    onSkip(movie.id);
    toast({ message: t('tonight.skipped', { title: movie.title }), undo: () => onUnskip(movie.id) });
  };
  const seen = (): void => {
    void markSeen({ id: movie.id, title: movie.title, wasListed: listed }, (isSeen) => onSeen(movie.id, isSeen));
  };
  return (
    <article className={styles.movie}>
      <div className={styles.wash} style={{ color: glow }} aria-hidden />
      <Link to={`/movie/${movie.id}`} className={styles.poster} tabIndex={-1} aria-hidden>
        <Poster key={movie.id} movie={movie} eager />
      </Link>
      <div className={styles.about}>
        <p className={styles.kicker}>{t('tonight.kicker')}</p>
        <h2 ref={title} tabIndex={-1} className={styles.title}>
          <Link to={`/movie/${movie.id}`}>
            <bdi>{movie.title}</bdi>
          </Link>
        </h2>
        <p className={styles.facts}>
          {facts(movie, movie.genres.map(genreName).join(t('comma')))}
          {movie.ratingAverage == null ? null : (
            <span className={styles.rating}>
              <Star aria-hidden size={16} />
              <span className="visually-hidden">{t('movie.rating')}</span> {rating(movie.ratingAverage)}
            </span>
          )}
        </p>
        <p className={styles.reason}>
          <Explanation parts={explanationParts} />
        </p>
        <div className={styles.answers}>
          <ButtonLink variant="primary" to={`/movie/${movie.id}`}>
            {t('tonight.open')}
          </ButtonLink>
          <Button onClick={onAnother}>
            <Shuffle aria-hidden size={18} />
            {t('tonight.another')}
          </Button>
          <Button onClick={skip}>
            <MoonStar aria-hidden size={18} />
            {t('tonight.notTonight')}
          </Button>
          <Button onClick={seen}>
            <Check aria-hidden size={18} />
            {t('tonight.seen')}
          </Button>
          <Button variant="plain" aria-pressed={listed} onClick={() => toggle(movie)}>
            {t(listed ? 'tonight.listed' : 'tonight.later')}
          </Button>
        </div>
        <MovieStars key={movie.id} movie={movie} />
        {movie.overview == null ? null : (
          <p className={styles.overview} dir="auto">
            {movie.overview}
          </p>
        )}
        <ServiceMarks services={movie.services} own={own} />
      </div>
    </article>
  );
}

/** The heading takes the focus for each movie but the first, so that a screen reader says it. */
function useAnnounced(id: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(id);
  useEffect(() => {
    if (shown.current === id) return;
    shown.current = id;
    heading.current?.focus({ preventScroll: true });
  }, [id]);
  return heading;
}
