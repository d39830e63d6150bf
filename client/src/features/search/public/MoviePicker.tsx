import { useQuery } from '@apollo/client/react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../../generated/index.ts';
import { useCombobox } from '../../../ui/useCombobox.ts';
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

export interface PickedMovie {
  id: string;
  title: string;
  year?: number | null | undefined;
}

interface Props {
  label: string;
  /** Left out of the results. */
  chosen: readonly string[];
  onPick(movie: PickedMovie): void;
}

/** A title search, of whose results one is picked. */
export function MoviePicker({ label, chosen, onPick }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const query = useDeferredValue(text.trim());
  const { data } = useQuery(MoviePickerQuery, { variables: { query }, skip: query === '' });
  const found = query === '' ? [] : (data?.searchMovies.edges ?? []).map(({ node }) => node).filter((movie) => !chosen.includes(movie.id));
  const { selectFirst, inputProps, listId, optionProps } = useCombobox({
    count: found.length,
    expanded: found.length > 0,
    outdated: text.trim() !== '' && (query !== text.trim() || data === undefined),
    onChoose(place) {
      onPick(found[place]);
      setText('');
      selectFirst();
    },
    onEscape: () => setText(''),
  });
  return (
    <div className={styles.picker}>
      <input
        {...inputProps}
        aria-label={label}
        placeholder={t('together.pickPlaceholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          selectFirst();
        }}
        onBlur={() => setText('')}
      />
      <div id={listId} role="listbox" aria-label={t('together.found')} className={styles.list} hidden={found.length === 0}>
        {found.map((movie, place) => (
          <div key={movie.id} {...optionProps(place)}>
            <bdi>{movie.title}</bdi> <span>{movie.year}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
