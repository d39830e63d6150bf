import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../hooks/useFormats.ts';
import { useGenreName } from '../../hooks/useGenreName.ts';
import { Button } from '../Button.tsx';
import { FilterChip } from '../FilterChip.tsx';
import styles from './FilterBar.module.css';
import { FilterDialog } from './FilterDialog.tsx';
import { type FilmFilters, toggled } from './film-filters.ts';

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
    viewer {
      id
      preferences {
        services {
          id
        }
        languages
      }
    }
  }
`);

const MODES = ['FOR_YOU', 'TRENDING', 'DIVERSE'] as const;

interface Props {
  query: FragmentType<typeof FilterBar_query>;
  filters: FilmFilters;
  onChange(filters: FilmFilters): void;
}

export function FilterBar({ query, filters, onChange }: Props) {
  const { t } = useTranslation();
  const { language } = useFormats();
  const genreName = useGenreName();
  const [open, setOpen] = useState(false);
  const { genres, services, viewer } = getFragmentData(FilterBar_query, query);
  const stored = viewer?.preferences;
  // What the list really is narrowed to: the address first, then what is stored.
  const chosen = {
    genres: filters.genres ?? [],
    services: filters.services ?? stored?.services.map(({ id }) => id) ?? [],
    languages: filters.languages ?? stored?.languages ?? [],
  };
  const change = (some: Partial<FilmFilters>): void => onChange({ ...filters, ...some });
  const years = t('filters.span', { from: filters.yearMin ?? '…', to: filters.yearMax ?? '…' });
  const minutes = t('filters.minutes', { from: filters.runtimeMin ?? 0, to: filters.runtimeMax ?? '…' });
  const applied = chosen.services.length + chosen.languages.length;
  return (
    <section className={styles.bar} aria-label={t('filters.title')}>
      <div className={styles.row}>
        <fieldset className={styles.modes} aria-label={t('modes.title')}>
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
      <div className={styles.chips}>
        {genres.map((genre) => (
          <FilterChip
            key={genre.id}
            pressed={chosen.genres.includes(genre.id)}
            onToggle={() => change({ genres: toggled(chosen.genres, genre.id) })}
          >
            {genreName(genre)}
          </FilterChip>
        ))}
      </div>
      {applied === 0 &&
      [filters.yearMin, filters.yearMax, filters.runtimeMin, filters.runtimeMax].every((bound) => bound === undefined) ? null : (
        <fieldset className={styles.applied} aria-label={t('filters.applied')}>
          {chosen.services.map((id) => (
            <FilterChip key={id} pressed onToggle={() => change({ services: toggled(chosen.services, id) })}>
              {services.find((service) => service.id === id)?.name ?? id}
            </FilterChip>
          ))}
          {chosen.languages.map((tag) => (
            <FilterChip key={tag} pressed onToggle={() => change({ languages: toggled(chosen.languages, tag) })}>
              {language(tag)}
            </FilterChip>
          ))}
          {filters.yearMin === undefined && filters.yearMax === undefined ? null : (
            <FilterChip pressed onToggle={() => change({ yearMin: undefined, yearMax: undefined })}>
              {years}
            </FilterChip>
          )}
          {filters.runtimeMin === undefined && filters.runtimeMax === undefined ? null : (
            <FilterChip pressed onToggle={() => change({ runtimeMin: undefined, runtimeMax: undefined })}>
              {minutes}
            </FilterChip>
          )}
        </fieldset>
      )}
      {open ? (
        <FilterDialog services={services} chosen={chosen} filters={filters} onChange={change} onClose={() => setOpen(false)} />
      ) : null}
    </section>
  );
}
