import { useQuery } from '@apollo/client/react';
import { Search } from 'lucide-react';
import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { graphql } from '../../generated/index.ts';
import { useCombobox } from '../../ui/useCombobox.ts';
import { useShortcut } from '../../ui/useShortcut.ts';
import { Poster } from '../poster/public/Poster.tsx';
import { rememberSearch } from './recent-searches.ts';
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

const MAX_QUERY_LENGTH = 200;

/** Searches while the user types. `/` focuses it from anywhere, arrows select, Enter opens the movie, Escape closes. */
export function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const query = useDeferredValue(text.trim());
  const { data, previousData } = useQuery(SearchBoxQuery, { variables: { query }, skip: query === '' });
  const found = query === '' ? [] : ((data ?? previousData)?.searchMovies.edges.map(({ node }) => node) ?? []);
  const shown = open && query !== '';
  useShortcut('/', () => input.current?.focus());

  const leave = (): void => {
    setText('');
    setOpen(false);
    input.current?.blur();
  };
  const { selectFirst, inputProps, listId, optionProps } = useCombobox({
    // The last option leads to all results.
    count: shown ? found.length + 1 : 0,
    expanded: shown,
    outdated: text.trim() !== '' && (query !== text.trim() || data === undefined),
    onChoose(place) {
      leave();
      rememberSearch(query);
      void navigate(place < found.length ? `/movie/${found[place].id}` : `/search?q=${encodeURIComponent(query)}`);
    },
    onEscape: leave,
  });

  return (
    <search className={styles.search}>
      <Search aria-hidden size={18} className={styles.glass} />
      <input
        {...inputProps}
        ref={input}
        type="search"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        spellCheck={false}
        maxLength={MAX_QUERY_LENGTH}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          selectFirst();
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      <kbd aria-hidden className={styles.key}>
        /
      </kbd>
      <div className={styles.found} hidden={!shown}>
        <div id={listId} role="listbox" aria-label={t('search.found')}>
          {found.map((movie, place) => (
            <div key={movie.id} {...optionProps(place)} className={styles.option}>
              <span className={styles.thumb}>
                <Poster movie={movie} eager />
              </span>
              <span className={styles.name}>
                <strong>
                  <bdi>{movie.title}</bdi>
                </strong>
                <span>{[movie.year, movie.directors.at(0)].filter((part) => part !== null && part !== undefined).join(' · ')}</span>
              </span>
            </div>
          ))}
          <div {...optionProps(found.length)} className={styles.all}>
            {t('search.all', { query })}
          </div>
        </div>
        {shown && data !== undefined && found.length === 0 ? <p className={styles.none}>{t('search.none', { query })}</p> : null}
      </div>
      <p role="status" className="visually-hidden">
        {shown && data !== undefined ? t('search.count', { count: found.length }) : ''}
      </p>
    </search>
  );
}
