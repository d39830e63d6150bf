import { useQuery } from '@apollo/client/react';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import styles from './MoviePicker.module.css';

const MoviePickerQuery = graphql(`
  query MoviePicker($query: String!) {
    searchMovies(query: $query, first: 6) {
      edges {
        cursor
        node {
          id
          title
          year
        }
      }
    }
  }
`);

interface Props {
  label: string;
  /** Not offered again. */
  chosen: readonly string[];
  onPick(movieId: string): void;
}

/** A title that is typed, and the films it may be. */
export function MoviePicker({ label, chosen, onPick }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const query = useDeferredValue(text.trim());
  const { data } = useQuery(MoviePickerQuery, { variables: { query }, skip: query === '' });
  const found = query === '' ? [] : (data?.searchMovies.edges ?? []).map(({ node }) => node).filter((movie) => !chosen.includes(movie.id));
  const pick = (movieId: string): void => {
    onPick(movieId);
    setText('');
    setActive(0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setText('');
    const movie = found[active];
    if (event.key === 'Enter' && movie !== undefined) pick(movie.id);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) setActive((active + step + found.length) % found.length);
    if (step !== 0 || event.key === 'Enter') event.preventDefault();
  };
  return (
    <div className={styles.picker}>
      <input
        role="combobox"
        aria-label={label}
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={found[active] === undefined ? undefined : `${id}-${found[active].id}`}
        autoComplete="off"
        placeholder={t('together.pickPlaceholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setText('')}
      />
      <div role="listbox" id={`${id}-list`} aria-label={t('together.found')} className={styles.list} hidden={found.length === 0}>
        {found.map((movie, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and the keys.
          <div
            key={movie.id}
            id={`${id}-${movie.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={n === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(movie.id)}
          >
            {movie.title} <span>{movie.year}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
