import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { toggled } from '../../ui/toggled.ts';
import { FamiliarSlider, NEUTRAL } from '../profile/public/FamiliarSlider.tsx';
import { LanguageChips } from '../profile/public/LanguageChips.tsx';
import type { ServedFilters } from './applied-filters.ts';
import styles from './FilterDialog.module.css';
import { effectiveRuntime, type MovieFilters } from './movie-filters.ts';

const FilterDialog_query = graphql(`
  fragment FilterDialog_query on Query {
    services {
      id
      name
    }
    languages {
      id
    }
  }
`);

const FIRST_DECADE = 1920;
/** Ranges in minutes for short, usual and long. */
const LENGTHS = [
  { name: 'short', runtimeMin: null, runtimeMax: 90 },
  { name: 'usual', runtimeMin: 90, runtimeMax: 130 },
  { name: 'long', runtimeMin: 130, runtimeMax: null },
] as const;

interface Props {
  query: FragmentType<typeof FilterDialog_query>;
  served: ServedFilters;
  filters: MovieFilters;
  onChange(some: Partial<MovieFilters>): void;
  /** How many movies the list has with these filters; undefined while that is not known. */
  count: number | undefined;
  onClose(): void;
  /** Further groups. */
  children: ReactNode;
}

/** All filters except genres. The list behind the dialog follows each choice. */
export function FilterDialog({ query, served, filters, count, onChange, onClose, children }: Props) {
  const { t } = useTranslation();
  const { services, languages } = getFragmentData(FilterDialog_query, query);
  const chosenServices = filters.services ?? served.services.map(({ id }) => id);
  const { runtimeMin: shortest = null, runtimeMax: longest = null } = effectiveRuntime(filters, served);
  const decades = Array.from(
    { length: (new Date().getFullYear() - FIRST_DECADE) / 10 + 1 },
    (_, place) => FIRST_DECADE + place * 10,
  ).reverse();
  const yearOf = (value: string): number | undefined => (value === '' ? undefined : Number(value));
  return (
    <Dialog title={t('filters.title')} onClose={onClose}>
      <fieldset className={styles.group}>
        <legend>{t('familiar.title')}</legend>
        <FamiliarSlider value={filters.familiar ?? served.familiar} onChange={(familiar) => onChange({ familiar })} />
      </fieldset>
      <fieldset ref={rovingFocus} className={styles.group}>
        <legend>{t('filters.services')}</legend>
        {services.map(({ id, name }) => (
          <Chip key={id} pressed={chosenServices.includes(id)} onToggle={() => onChange({ services: toggled(chosenServices, id) })}>
            {name}
          </Chip>
        ))}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('filters.years')}</legend>
        <label className={styles.select}>
          {t('filters.from')}
          <select value={filters.yearMin ?? ''} onChange={(event) => onChange({ yearMin: yearOf(event.target.value) })}>
            <option value="">{t('filters.any')}</option>
            {decades.map((year) => (
              <option key={year} value={year}>
                {year}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.select}>
          {t('filters.to')}
          <select value={filters.yearMax ?? ''} onChange={(event) => onChange({ yearMax: yearOf(event.target.value) })}>
            <option value="">{t('filters.any')}</option>
            {decades.map((year) => (
              <option key={year} value={year + 9}>
                {year + 9}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
      <fieldset ref={rovingFocus} className={styles.group}>
        <legend>{t('filters.runtime')}</legend>
        {LENGTHS.map(({ name, runtimeMin, runtimeMax }) => {
          const pressed = shortest === runtimeMin && longest === runtimeMax;
          return (
            <Chip
              key={name}
              pressed={pressed}
              onToggle={() => onChange(pressed ? { runtimeMin: null, runtimeMax: null } : { runtimeMin, runtimeMax })}
            >
              {t(`filters.lengths.${name}`)}
            </Chip>
          );
        })}
      </fieldset>
      <fieldset ref={rovingFocus} className={styles.group}>
        <legend>{t('filters.language')}</legend>
        <LanguageChips
          languages={languages}
          chosen={filters.languages ?? served.languages}
          onToggle={(tags) => onChange({ languages: tags })}
        />
      </fieldset>
      {children}
      <div className={styles.foot}>
        <Button
          onClick={() =>
            onChange({
              genres: [],
              services: [],
              languages: [],
              yearMin: undefined,
              yearMax: undefined,
              runtimeMin: null,
              runtimeMax: null,
              familiar: NEUTRAL,
            })
          }
        >
          {t('filters.clear')}
        </Button>
        <Button variant="primary" className={styles.done} onClick={onClose}>
          {count === undefined ? t('filters.done') : t('filters.show', { count })}
        </Button>
      </div>
    </Dialog>
  );
}
