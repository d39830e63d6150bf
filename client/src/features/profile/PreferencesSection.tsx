import { useTranslation } from 'react-i18next';
import type { StoredPreferencesInput } from '../../generated/graphql.ts';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Chip } from '../../ui/Chip.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { toggled } from '../../ui/toggled.ts';
import { FamiliarSlider, NEUTRAL } from './public/FamiliarSlider.tsx';
import { LanguageChips } from './public/LanguageChips.tsx';
import { SavedPreferences_viewer } from './public/saved-preferences.ts';
import { useSavePreferences } from './public/useSavePreferences.ts';
import { RegionSelect } from './RegionSelect.tsx';

const PreferencesSection_query = graphql(`
  fragment PreferencesSection_query on Query {
    genres {
      id
      name
    }
    services {
      id
      name
    }
    languages {
      id
    }
    regions
    learnsFromViewers
    catalog {
      dataAt
    }
  }
`);

const SHORTEST = [60, 75, 90, 105, 120];
const RUNTIME_MAXIMA = [90, 105, 120, 150, 180];

interface Props {
  viewer: FragmentType<typeof SavedPreferences_viewer>;
  catalog: FragmentType<typeof PreferencesSection_query>;
}

export function PreferencesSection({ viewer: givenViewer, catalog: givenCatalog }: Props) {
  const { t } = useTranslation();
  const genreName = useGenreName();
  const dates = useDates();
  const { id, preferences } = getFragmentData(SavedPreferences_viewer, givenViewer);
  const known = getFragmentData(PreferencesSection_query, givenCatalog);
  const toast = useToast();
  const savePreferences = useSavePreferences({ viewerId: id, known });
  const save = (changed: StoredPreferencesInput): void => {
    savePreferences(changed).catch(() => toast({ message: t('profile.refused'), urgent: true }));
  };
  const current = {
    preferredGenres: preferences.preferredGenres.map((genre) => genre.id),
    services: preferences.services.map((service) => service.id),
    languages: preferences.languages,
    runtimeMin: preferences.runtimeMin ?? null,
    runtimeMax: preferences.runtimeMax ?? null,
    familiar: preferences.familiar ?? null,
    region: preferences.region ?? null,
    learnFromMe: preferences.learnFromMe,
  };
  const groups = [
    {
      field: 'preferredGenres',
      label: t('profile.genres'),
      choices: known.genres.map((genre) => ({ id: genre.id, name: genreName(genre) })),
    },
    { field: 'services', label: t('profile.services'), choices: known.services },
  ] as const;
  const bound = (value: string): number | null => (value === '' ? null : Number(value));
  return (
    <Section title={t('profile.taste')} lead={t('profile.tasteLead')}>
      {groups.map(({ field, label, choices }) => (
        <fieldset key={field} className={rows.group}>
          <legend>{label}</legend>
          <div className={rows.chips}>
            {choices.map((choice) => (
              <Chip
                key={choice.id}
                pressed={current[field].includes(choice.id)}
                onToggle={() => save({ ...current, [field]: toggled(current[field], choice.id) })}
              >
                {choice.name}
              </Chip>
            ))}
          </div>
        </fieldset>
      ))}
      <p className={rows.soft}>{t('profile.dataAt', { date: dates.day(known.catalog.dataAt) })}</p>
      {known.regions.length === 0 ? null : (
        <fieldset className={rows.group}>
          <legend>{t('profile.region')}</legend>
          <RegionSelect regions={known.regions} chosen={current.region} onChoose={(region) => save({ ...current, region })} />
        </fieldset>
      )}
      <fieldset className={rows.group}>
        <legend>{t('profile.languages')}</legend>
        <div className={rows.chips}>
          <LanguageChips languages={known.languages} chosen={current.languages} onToggle={(languages) => save({ ...current, languages })} />
        </div>
      </fieldset>
      <fieldset className={rows.group}>
        <legend>{t('profile.runtime')}</legend>
        <div className={rows.actions}>
          <select
            aria-label={t('profile.atLeast')}
            value={current.runtimeMin ?? ''}
            onChange={(event) => save({ ...current, runtimeMin: bound(event.target.value) })}
          >
            <option value="">{t('profile.anyShort')}</option>
            {SHORTEST.filter((minutes) => current.runtimeMax === null || minutes <= current.runtimeMax).map((minutes) => (
              <option key={minutes} value={minutes}>
                {t('profile.atLeastMinutes', { count: minutes })}
              </option>
            ))}
          </select>
          <select
            aria-label={t('profile.atMost')}
            value={current.runtimeMax ?? ''}
            onChange={(event) => save({ ...current, runtimeMax: bound(event.target.value) })}
          >
            <option value="">{t('profile.anyLong')}</option>
            {RUNTIME_MAXIMA.filter((minutes) => current.runtimeMin === null || minutes >= current.runtimeMin).map((minutes) => (
              <option key={minutes} value={minutes}>
                {t('profile.atMostMinutes', { count: minutes })}
              </option>
            ))}
          </select>
        </div>
      </fieldset>
      <fieldset className={rows.group}>
        <legend>{t('familiar.title')}</legend>
        <FamiliarSlider value={current.familiar ?? NEUTRAL} onChange={(familiar) => save({ ...current, familiar })} />
      </fieldset>
      <fieldset className={rows.group}>
        <legend>{t('profile.learning')}</legend>
        <label className={rows.check}>
          <input
            type="checkbox"
            checked={current.learnFromMe}
            onChange={({ target }) => save({ ...current, learnFromMe: target.checked })}
          />
          {t('profile.learnFromMe')}
        </label>
        <p className={rows.soft}>{t(known.learnsFromViewers ? 'profile.learnFromMeHint' : 'profile.learningOff')}</p>
      </fieldset>
    </Section>
  );
}
