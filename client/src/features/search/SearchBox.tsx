import { useQuery } from '@apollo/client/react';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { graphql } from '../../generated/index.ts';
import { Poster } from '../movie/public/Poster.tsx';
import styles from './SearchBox.module.css';

const SearchBoxQuery = graphql(`
  query SearchBox($query: String!) {
    searchMovies(query: $query, first: 8) {
      edges {
        cursor
        node {
          id
          title
          year
          directors
          ...Poster_movie
        }
      }
    }
  }
`);

const MAX_RUNTIMES = 200;

/** Finds while one types. `/` comes here from anywhere; arrows choose, Enter goes there, Escape leaves. */
export function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const query = useDeferredValue(text.trim());
  const { data, previousData } = useQuery(SearchBoxQuery, { variables: { query }, skip: query === '' });
  const found = query === '' ? [] : ((data ?? previousData)?.searchMovies.edges.map(({ node }) => node) ?? []);
  const shown = open && query !== '';
  useSlash(input);

  const leave = (): void => {
    setText('');
    setOpen(false);
    input.current?.blur();
  };
  const go = (id: string): void => {
    leave();
    void navigate(`/movie/${id}`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') leave();
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setActive((active + step + found.length) % found.length);
    }
    const chosen = found.at(active);
    if (event.key === 'Enter' && chosen !== undefined) go(chosen.id);
  };

  return (
    <search className={styles.search}>
      <Search aria-hidden size={18} className={styles.glass} />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown && found.length > 0 ? `${listId}-${active}` : undefined}
        placeholder={t('search.placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={MAX_RUNTIMES}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden className={styles.key}>
        /
      </kbd>
      <div className={styles.found} hidden={!shown}>
        <div id={listId} role="listbox" aria-label={t('search.found')}>
          {found.map((movie, place) => (
            <div
              key={movie.id}
              id={`${listId}-${place}`}
              role="option"
              aria-selected={place === active}
              tabIndex={-1}
              className={styles.option}
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => setActive(place)}
              onClick={() => go(movie.id)}
              onKeyDown={onKeyDown}
            >
              <span className={styles.thumb}>
                <Poster movie={movie} eager />
              </span>
              <span className={styles.name}>
                <strong>{movie.title}</strong>
                <span>{[movie.year, movie.directors.at(0)].filter((part) => part !== null && part !== undefined).join(' · ')}</span>
              </span>
            </div>
          ))}
        </div>
        {shown && data !== undefined && found.length === 0 ? <p className={styles.none}>{t('search.none', { query })}</p> : null}
      </div>
      <p role="status" className="visually-hidden">
        {shown && data !== undefined ? t('search.count', { count: found.length }) : ''}
      </p>
    </search>
  );
}

function useSlash(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      const { target } = event;
      const typing = target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null)
        return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}
