import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Chip } from '../../ui/Chip.tsx';
import { toggled } from '../../ui/toggled.ts';
import { NEUTRAL } from '../profile/public/FamiliarSlider.tsx';
import type { ServedFilters } from './applied-filters.ts';
import styles from './FilterBar.module.css';
import { effectiveRuntime, type MovieFilters } from './movie-filters.ts';

interface Props {
  filters: MovieFilters;
  served: ServedFilters;
  services: readonly { id: string; name: string }[];
  onChange(some: Partial<MovieFilters>): void;
}

interface AppliedFilter {
  id: string;
  name: string;
  without: Partial<MovieFilters>;
}

/** The filters of the list, each with a button that removes it. Those of the address come first, then those of the profile. */
export function AppliedFilters({ filters, served, services, onChange }: Props) {
  const { t } = useTranslation();
  const genreName = useGenreName();
  const { language, number } = useFormats();
  const chipsOf = (field: 'services' | 'languages', values: readonly string[], nameOf: (value: string) => string): AppliedFilter[] =>
    values.map((value) => ({ id: `${field} ${value}`, name: nameOf(value), without: { [field]: toggled(values, value) } }));
  const serviceName = (id: string): string => services.find((service) => service.id === id)?.name ?? id;
  const { runtimeMin, runtimeMax, isFromProfile } = effectiveRuntime(filters, served);
  const runtime: AppliedFilter[] =
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
  const years: AppliedFilter[] =
    filters.yearMin === undefined && filters.yearMax === undefined
      ? []
      : [
          {
            id: 'years',
            name: t('filters.span', { from: filters.yearMin ?? '…', to: filters.yearMax ?? '…' }),
            without: { yearMin: undefined, yearMax: undefined },
          },
        ];
  const familiarChip = (familiar: number): AppliedFilter[] =>
    familiar === NEUTRAL
      ? []
      : [{ id: 'familiar', name: t(familiar < NEUTRAL ? 'familiar.gems' : 'familiar.known'), without: { familiar: NEUTRAL } }];
  const own = [
    ...chipsOf('services', filters.services ?? [], serviceName),
    ...chipsOf('languages', filters.languages ?? [], language),
    ...years,
    ...(isFromProfile ? [] : runtime),
    ...(filters.familiar === undefined ? [] : familiarChip(filters.familiar)),
  ];
  // Genres of the profile only raise the score. One of them alone in the address would exclude all others, so they are removed together.
  const tilt: AppliedFilter[] =
    filters.genres !== undefined || served.genres.length === 0
      ? []
      : [{ id: 'genres', name: served.genres.map(genreName).join(t('comma')), without: { genres: [] } }];
  const fromProfile = [
    ...tilt,
    ...(filters.services === undefined
      ? chipsOf(
          'services',
          served.services.map(({ id }) => id),
          serviceName,
        )
      : []),
    ...(filters.languages === undefined ? chipsOf('languages', served.languages, language) : []),
    ...(isFromProfile ? runtime : []),
    ...(filters.familiar === undefined ? familiarChip(served.familiar) : []),
  ];
  const chips = (list: readonly AppliedFilter[]) =>
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
