import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { toggled } from '../../ui/toggled.ts';
import { AppliedFilters } from './AppliedFilters.tsx';
import type { ServedFilters } from './applied-filters.ts';
import styles from './FilterBar.module.css';
import { FilterDialog } from './FilterDialog.tsx';
import { filtersOf, type MovieFilters, searchOf } from './movie-filters.ts';
import { SaveFilters } from './SaveFilters.tsx';
import { savedFilters } from './saved-filters.ts';

const FilterBar_query = graphql(`
  fragment FilterBar_query on Query {
    genres {
      id
      name
    }
    services {
      id
      name
    }
    ...FilterDialog_query
  }
`);

const MODES = ['FOR_YOU', 'TRENDING', 'DIVERSE'] as const;

interface Props {
  query: FragmentType<typeof FilterBar_query>;
  filters: MovieFilters;
  served: ServedFilters;
  /** How many movies the list has; undefined while it is fetched. */
  count: number | undefined;
  onChange(filters: MovieFilters): void;
}

export function FilterBar({ query, filters, served, count, onChange }: Props) {
  const { t } = useTranslation();
  const genreName = useGenreName();
  const [open, setOpen] = useState(false);
  const [saved, setSaved] = useState(savedFilters);
  const data = getFragmentData(FilterBar_query, query);
  const { genres, services } = data;
  const chosenGenres = filters.genres ?? [];
  const search = searchOf(filters).toString();
  const change = (some: Partial<MovieFilters>): void => onChange({ ...filters, ...some });
  return (
    <section className={styles.bar} aria-label={t('filters.title')}>
      <div className={styles.row}>
        <fieldset ref={rovingFocus} className={styles.modes} aria-label={t('modes.title')}>
          {MODES.map((mode) => (
            <button key={mode} type="button" aria-pressed={filters.mode === mode} onClick={() => change({ mode })}>
              {t(`modes.${mode}`)}
            </button>
          ))}
        </fieldset>
        <Button className={styles.filters} onClick={() => setOpen(true)} aria-haspopup="dialog" aria-label={t('filters.title')}>
          <SlidersHorizontal aria-hidden size={18} />
          <span>{t('filters.title')}</span>
        </Button>
      </div>
      {saved.length === 0 ? null : (
        <fieldset ref={rovingFocus} className={styles.chips} aria-label={t('filters.saved')}>
          {saved.map(({ name, search: kept }) => (
            <Chip
              key={name}
              pressed={kept === search}
              onToggle={() => onChange(filtersOf(new URLSearchParams(kept === search ? '' : kept)))}
            >
              {name}
            </Chip>
          ))}
        </fieldset>
      )}
      <div ref={rovingFocus} className={styles.chips}>
        {genres.map((genre) => (
          <Chip
            key={genre.id}
            pressed={chosenGenres.includes(genre.id)}
            onToggle={() => change({ genres: toggled(chosenGenres, genre.id) })}
          >
            {genreName(genre)}
          </Chip>
        ))}
      </div>
      <AppliedFilters filters={filters} served={served} services={services} onChange={change} />
      {open ? (
        <FilterDialog query={data} served={served} filters={filters} count={count} onChange={change} onClose={() => setOpen(false)}>
          <SaveFilters search={search} saved={saved} onChange={setSaved} />
        </FilterDialog>
      ) : null}
    </section>
  );
}
