import { Check, Trash2, Undo2 } from 'lucide-react';
import type { KeyboardEvent, MouseEvent as ReactMouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Tags } from '../../ui/Tags.tsx';
import { AbsenceNote } from '../movie/public/AbsenceNote.tsx';
import { MovieLink } from '../movie/public/MovieLink.tsx';
import { MovieStars } from '../movie/public/MovieStars.tsx';
import { useStarKeys } from '../movie/public/useStarKeys.ts';
import { MovieSummary_movie } from '../poster/public/movie-summary.ts';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './WatchlistItem.module.css';

const WatchlistItem_entry = graphql(`
  fragment WatchlistItem_entry on WatchlistEntry {
    addedAt
    watched
    watchedAt
    movie {
      absence
      viewerRating
      viewerFeedback
      ...AbsenceNote_movie
      ...MovieLink_movie
      ...MovieStars_movie
      ...MovieSummary_movie
    }
  }
`);

const MAX_TAGS = 3;

interface Props {
  entry: FragmentType<typeof WatchlistItem_entry>;
  selected: boolean;
  onSelect(how: 'toggle' | 'extend'): void;
  onSetWatched(watched: boolean): void;
  onRemove(): void;
}

export function WatchlistItem({ entry: given, selected, onSelect, onSetWatched, onRemove }: Props) {
  const { t } = useTranslation();
  const { facts } = useFormats();
  const dates = useDates();
  const { movie: masked, watched, watchedAt, addedAt } = getFragmentData(WatchlistItem_entry, given);
  const movie = getFragmentData(MovieSummary_movie, masked);
  const { title } = movie;
  const rateByKey = useStarKeys({ ...masked, ...movie });
  const genreName = useGenreName();
  const tags = [
    ...movie.genres.slice(0, MAX_TAGS).map((genre) => ({ id: genre.id, name: genreName(genre) })),
    ...movie.services.slice(0, MAX_TAGS),
  ];
  const choose = (event: ReactMouseEvent): void => onSelect(event.shiftKey ? 'extend' : 'toggle');
  return (
    <li className={styles.item} data-selected={selected} onKeyDown={masked.absence == null ? rateByKey : undefined}>
      <label className={styles.select}>
        <input
          type="checkbox"
          checked={selected}
          onClick={choose}
          onChange={() => undefined}
          onKeyDown={(event) => moveBetween(event, onSelect)}
        />
        <span className="visually-hidden">{t('watchlist.select', { title })}</span>
      </label>
      <MovieLink movie={masked} className={styles.poster} decorative>
        <Poster movie={movie} />
      </MovieLink>
      <div className={styles.about}>
        <h2 className={styles.title}>
          <MovieLink movie={masked}>
            <bdi>{title}</bdi>
          </MovieLink>
        </h2>
        <AbsenceNote movie={masked} className={styles.facts} />
        <p className={styles.facts}>{facts(movie)}</p>
        <Tags label={t('watchlist.tags')} tags={tags} />
        <p className={styles.facts}>
          {watched
            ? watchedAt == null
              ? t('watchlist.watched')
              : t('watchlist.watchedOn', { date: dates.day(watchedAt) })
            : t('watchlist.addedOn', { date: dates.day(addedAt) })}
        </p>
        {watched && masked.absence == null ? <MovieStars movie={masked} /> : null}
      </div>
      <div className={styles.actions}>
        <IconButton
          label={watched ? t('watchlist.markOneUnwatched', { title }) : t('watchlist.markOneWatched', { title })}
          onClick={() => onSetWatched(!watched)}
        >
          {watched ? <Undo2 aria-hidden /> : <Check aria-hidden />}
        </IconButton>
        <IconButton label={t('watchlist.removeOne', { title })} onClick={onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}

/** Arrows up and down move between entries. With Shift they also select. */
function moveBetween(event: KeyboardEvent<HTMLInputElement>, onSelect: Props['onSelect']): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const boxes = [...(event.currentTarget.closest('ul')?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])];
  const next = boxes[boxes.indexOf(event.currentTarget) + step];
  if (next === undefined) return;
  if (event.shiftKey) {
    if (!event.currentTarget.checked) onSelect('toggle');
    next.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: true }));
  }
  next.focus();
}
