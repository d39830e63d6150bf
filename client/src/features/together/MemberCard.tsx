import { Heart, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/Button.tsx';
import { MoviePicker } from '../search/public/MoviePicker.tsx';
import { MAX_NAME, type Member } from './group.ts';
import styles from './MemberCard.module.css';

interface Props {
  member: Member;
  /** Shown when the member has no name. */
  fallbackName: string;
  titleOf(movieId: string): string | undefined;
  /** The viewer's liked movies, offered to be copied. */
  ownLikes: readonly string[];
  onChange(change: Partial<Member>): void;
  onRemove: (() => void) | undefined;
}

/** A member of the group and the movies they like. */
export function MemberCard({ member, fallbackName, titleOf, ownLikes, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const { name, movieIds } = member;
  const shown = name === '' ? fallbackName : name;
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <input
          // Another name comes from another member of the group.
          key={name}
          className={styles.name}
          aria-label={t('together.nameOf', { name: shown })}
          placeholder={fallbackName}
          defaultValue={name}
          maxLength={MAX_NAME}
          onBlur={(event) => {
            if (event.target.value !== name) onChange({ name: event.target.value });
          }}
        />
        {onRemove === undefined ? null : (
          <IconButton label={t('together.removePerson', { name: shown })} onClick={onRemove}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      <MoviePicker
        label={t('together.pickFor', { name: shown })}
        chosen={movieIds}
        onPick={({ id }) => onChange({ movieIds: [...movieIds, id] })}
      />
      {movieIds.length === 0 && ownLikes.length > 0 ? (
        <Button onClick={() => onChange({ movieIds: ownLikes })}>
          <Heart aria-hidden size={18} />
          {t('together.ownLikes')}
        </Button>
      ) : null}
      {movieIds.length === 0 ? null : (
        <ul className={styles.movies}>
          {movieIds.map((movieId) => {
            const title = titleOf(movieId);
            return title === undefined ? null : (
              <li key={movieId}>
                <bdi>{title}</bdi>
                <button
                  type="button"
                  aria-label={t('together.dropFilm', { title, name: shown })}
                  onClick={() => onChange({ movieIds: movieIds.filter((other) => other !== movieId) })}
                >
                  <X aria-hidden size={16} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}
