import { BookmarkCheck, BookmarkPlus, EyeOff, Heart, ThumbsDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { useWatchlistToggle } from '../../watchlist/public/useWatchlistToggle.ts';
import { useFeedback } from '../useFeedback.ts';
import styles from './MovieActions.module.css';

const MovieActions_movie = graphql(`
  fragment MovieActions_movie on Movie {
    id
    title
    viewerFeedback
    watchlistEntry {
      addedAt
      watched
      watchedAt
      movie {
        id
      }
    }
  }
`);

interface Props {
  movie: FragmentType<typeof MovieActions_movie>;
  /** Shows labels beside the icons. */
  spacious?: boolean;
}

const SIGNALS = [
  { signal: 'LIKE', Icon: Heart },
  { signal: 'DISLIKE', Icon: ThumbsDown },
  { signal: 'NOT_INTERESTED', Icon: EyeOff },
] as const;

/** The buttons of a movie: watchlist, like, dislike, dismiss. */
export function MovieActions({ movie: given, spacious = false }: Props) {
  const { t } = useTranslation();
  const movie = getFragmentData(MovieActions_movie, given);
  const say = useFeedback();
  const toggle = useWatchlistToggle();
  const listed = movie.watchlistEntry !== null && movie.watchlistEntry !== undefined;
  const { title } = movie;
  return (
    <fieldset className={styles.actions} data-spacious={spacious} aria-label={t('card.actions', { title })}>
      {SIGNALS.map(({ signal, Icon }) => {
        const said = movie.viewerFeedback === signal;
        return (
          <IconButton
            key={signal}
            label={t(`card.${signal}`, { title })}
            aria-pressed={said}
            data-signal={signal}
            className={styles.action}
            onClick={() => say(movie, said ? 'NONE' : signal)}
          >
            <Icon aria-hidden />
            {spacious ? t(`card.short.${signal}`) : null}
          </IconButton>
        );
      })}
      <IconButton label={t('card.watchlist', { title })} aria-pressed={listed} className={styles.action} onClick={() => toggle(movie)}>
        {listed ? <BookmarkCheck aria-hidden /> : <BookmarkPlus aria-hidden />}
        {spacious ? t('nav.watchlist') : null}
      </IconButton>
    </fieldset>
  );
}
