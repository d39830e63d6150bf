import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Chip } from '../../ui/Chip.tsx';
import { rovingFocus } from '../../ui/roving-focus.ts';
import styles from './Tonight.module.css';

const Questions_query = graphql(`
  fragment Questions_query on Query {
    genres {
      id
      name
      movieCount
    }
  }
`);

/** In minutes. */
const LONGEST = ['90', '110', '140'];
/** The genres of the most movies: the others are among the filters of the list. */
const MAX_GENRES = 10;

interface Props {
  query: FragmentType<typeof Questions_query>;
  genre: string | undefined;
  longest: string | undefined;
  onAnswer(name: 'genre' | 'max', value: string | undefined): void;
}

/** The only two questions: how long, and what kind. Both may stay open. */
export function Questions({ query, genre, longest, onAnswer }: Props) {
  const { t } = useTranslation();
  const genreName = useGenreName();
  const { genres } = getFragmentData(Questions_query, query);
  const offered = genres.toSorted((a, b) => b.movieCount - a.movieCount).filter(({ id }, place) => place < MAX_GENRES || id === genre);
  return (
    <div className={styles.questions}>
      <fieldset ref={rovingFocus} className={styles.question}>
        <legend>{t('tonight.howLong')}</legend>
        {LONGEST.map((minutes) => (
          <Chip key={minutes} pressed={longest === minutes} onToggle={() => onAnswer('max', longest === minutes ? undefined : minutes)}>
            {t('tonight.atMost', { count: Number(minutes) })}
          </Chip>
        ))}
      </fieldset>
      <fieldset ref={rovingFocus} className={styles.question}>
        <legend>{t('tonight.whatKind')}</legend>
        {offered.map((one) => (
          <Chip key={one.id} pressed={genre === one.id} onToggle={() => onAnswer('genre', genre === one.id ? undefined : one.id)}>
            {genreName(one)}
          </Chip>
        ))}
      </fieldset>
    </div>
  );
}
