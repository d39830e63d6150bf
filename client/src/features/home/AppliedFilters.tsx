import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../language/useFormats.ts';
import { Chip } from '../../ui/Chip.tsx';
import styles from './FilterBar.module.css';
import { type MovieFilters, runtimeOf, type StoredFilters, toggled } from './movie-filters.ts';

interface Props {
  filters: MovieFilters;
  stored: StoredFilters;
  services: readonly { id: string; name: string }[];
  onChange(some: Partial<MovieFilters>): void;
}

interface Chip {
  id: string;
  name: string;
  without: Partial<MovieFilters>;
}

/** What the list is narrowed to, each to be taken away: what the address says, and what it leaves to the profile. */
export function AppliedFilters({ filters, stored, services, onChange }: Props) {
  const { t } = useTranslation();
  const { language, number } = useFormats();
  const chipsOf = (field: 'services' | 'languages', values: readonly string[], nameOf: (value: string) => string): Chip[] =>
    values.map((value) => ({ id: `${field} ${value}`, name: nameOf(value), without: { [field]: toggled(values, value) } }));
  const serviceName = (id: string): string => services.find((service) => service.id === id)?.name ?? id;
  const { runtimeMin, runtimeMax, isStored } = runtimeOf(filters, stored);
  const runtime: Chip[] =
    runtimeMin === undefined && runtimeMax === undefined
      ? []
      : [
          {
            id: 'runtime',
            name:
              runtimeMax === undefined
                ? t('filters.minutesFrom', { from: number(runtimeMin ?? 0) })
                : t('filters.minutes', { from: number(runtimeMin ?? 0), to: number(runtimeMax) }),
            without: { runtimeMin: null, runtimeMax: null },
          },
        ];
  const years: Chip[] =
    filters.yearMin === undefined && filters.yearMax === undefined
      ? []
      : [
          {
            id: 'years',
            name: t('filters.span', { from: filters.yearMin ?? '…', to: filters.yearMax ?? '…' }),
            without: { yearMin: undefined, yearMax: undefined },
          },
        ];
  const own = [
    ...chipsOf('services', filters.services ?? [], serviceName),
    ...chipsOf('languages', filters.languages ?? [], language),
    ...years,
    ...(isStored ? [] : runtime),
  ];
  const fromProfile = [
    ...(filters.services === undefined ? chipsOf('services', stored.services, serviceName) : []),
    ...(filters.languages === undefined ? chipsOf('languages', stored.languages, language) : []),
    ...(isStored ? runtime : []),
  ];
  const chips = (list: readonly Chip[]) =>
    list.map(({ id, name, without }) => (
      <Chip key={id} pressed onToggle={() => onChange(without)}>
        {name}
      </Chip>
    ));
  return (
    <>
      {own.length === 0 ? null : (
        <fieldset className={styles.applied} aria-label={t('filters.applied')}>
          {chips(own)}
        </fieldset>
      )}
      {fromProfile.length === 0 ? null : (
        <fieldset className={styles.applied} aria-label={t('filters.fromProfile')}>
          <Link to="/profile" className={styles.source}>
            {t('filters.fromProfile')}
          </Link>
          {chips(fromProfile)}
        </fieldset>
      )}
    </>
  );
}
