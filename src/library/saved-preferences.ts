import type { Catalog } from '../catalog/catalog.ts';
import { readFilter, readLabels } from '../catalog/filter-arguments.ts';
import type { Label, LabelIndex } from '../catalog/labels.ts';
import type { StoredPreferencesInput } from '../graphql/library/library.input.ts';
import type { StoredPreferences } from '../graphql/library/viewer.type.ts';
import type { SavedPreferences } from './library-store.ts';

/** Checks what a viewer wants kept; BAD_USER_INPUT errors name the field. */
export function readSavedPreferences(catalog: Catalog, input: StoredPreferencesInput): SavedPreferences {
  const genres = readLabels(input.preferredGenres, 'genre', catalog.genres, 'preferences.preferredGenres');
  const filter = readFilter(catalog, input, 'preferences');
  return {
    preferredGenres: genres.map((row) => catalog.genres.at(row).id),
    services: filter.services.map((row) => catalog.services.at(row).id),
    languages: filter.languages.map((row) => catalog.languages.at(row).name),
    runtimeMin: filter.runtimeMin ?? null,
    runtimeMax: filter.runtimeMax ?? null,
  };
}

/** As this version of the catalogue knows them: what it does not have is left out, and kept for one that has. */
export function presentPreferences(catalog: Catalog, kept: SavedPreferences): StoredPreferences {
  return {
    preferredGenres: knownLabels(catalog.genres, kept.preferredGenres),
    services: knownLabels(catalog.services, kept.services),
    languages: knownLabels(catalog.languages, kept.languages).map(({ name }) => name),
    runtimeMin: kept.runtimeMin,
    runtimeMax: kept.runtimeMax,
  };
}

function knownLabels(index: LabelIndex, names: readonly string[]): Label[] {
  return names.map((name) => index.find(name)).filter((label) => label !== undefined);
}
