import { useTranslation } from 'react-i18next';
import { useFormats } from '../../hooks/useFormats.ts';
import { Button } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { FilterChip } from '../FilterChip.tsx';
import styles from './FilterDialog.module.css';
import { type FilmFilters, toggled } from './film-filters.ts';

const FIRST_DECADE = 1920;
const LANGUAGES = ['en', 'fr', 'es', 'de', 'it', 'ja', 'ko', 'zh', 'hi', 'sv', 'da', 'pt', 'ru', 'fa', 'ar'];
/** Minutes from and to, of what is called short, usual and long. */
const LENGTHS = [
  { name: 'short', runtimeMin: undefined, runtimeMax: 90 },
  { name: 'usual', runtimeMin: 90, runtimeMax: 130 },
  { name: 'long', runtimeMin: 130, runtimeMax: undefined },
] as const;

interface Props {
  services: readonly { id: string; name: string }[];
  chosen: { services: readonly string[]; languages: readonly string[] };
  filters: FilmFilters;
  onChange(some: Partial<FilmFilters>): void;
  onClose(): void;
}

/** Everything besides genres; the list behind follows each choice at once. */
export function FilterDialog({ services, chosen, filters, onChange, onClose }: Props) {
  const { t } = useTranslation();
  const { language } = useFormats();
  const decades = Array.from(
    { length: (new Date().getFullYear() - FIRST_DECADE) / 10 + 1 },
    (_, place) => FIRST_DECADE + place * 10,
  ).reverse();
  const yearOf = (value: string): number | undefined => (value === '' ? undefined : Number(value));
  return (
    <Dialog title={t('filters.title')} onClose={onClose}>
      <fieldset className={styles.group}>
        <legend>{t('filters.services')}</legend>
        {services.map(({ id, name }) => (
          <FilterChip key={id} pressed={chosen.services.includes(id)} onToggle={() => onChange({ services: toggled(chosen.services, id) })}>
            {name}
          </FilterChip>
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
      <fieldset className={styles.group}>
        <legend>{t('filters.runtime')}</legend>
        {LENGTHS.map(({ name, runtimeMin, runtimeMax }) => {
          const pressed = filters.runtimeMin === runtimeMin && filters.runtimeMax === runtimeMax;
          return (
            <FilterChip
              key={name}
              pressed={pressed}
              onToggle={() => onChange(pressed ? { runtimeMin: undefined, runtimeMax: undefined } : { runtimeMin, runtimeMax })}
            >
              {t(`filters.lengths.${name}`)}
            </FilterChip>
          );
        })}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>{t('filters.language')}</legend>
        {LANGUAGES.map((tag) => (
          <FilterChip
            key={tag}
            pressed={chosen.languages.includes(tag)}
            onToggle={() => onChange({ languages: toggled(chosen.languages, tag) })}
          >
            {language(tag)}
          </FilterChip>
        ))}
      </fieldset>
      <div className={styles.foot}>
        <Button
          onClick={() =>
            onChange({
              genres: [],
              services: [],
              languages: [],
              yearMin: undefined,
              yearMax: undefined,
              runtimeMin: undefined,
              runtimeMax: undefined,
            })
          }
        >
          {t('filters.clear')}
        </Button>
        <Button look="primary" onClick={onClose}>
          {t('filters.done')}
        </Button>
      </div>
    </Dialog>
  );
}
