import type { Catalog } from '../catalog/catalog.ts';
import { readFamiliar, readFilter, readLabels } from '../catalog/filter-arguments.ts';
import type { Label, LabelIndex } from '../catalog/labels.ts';
import type { LibraryDependencies, Viewer } from './dependencies.ts';
import type { SavedPreferences } from './library-store.ts';

/** Preferences as a caller sends them: labels in any spelling, bounds that may be missing. */
export interface PreferencesInput {
  preferredGenres: string[];
  services: string[];
  languages: string[];
  runtimeMin?: number | null;
  runtimeMax?: number | null;
  familiar?: number | null;
  /** Left out: the stored one stays, because callers of before do not know it. Null removes it. */
  region?: string | null;
  /** Left out or null: the stored one stays. */
  learnFromMe?: boolean | null;
}

/** The part of saved preferences that one catalog version knows. */
export interface PresentPreferences {
  preferredGenres: Label[];
  services: Label[];
  languages: string[];
  runtimeMin: number | null;
  runtimeMax: number | null;
  familiar: number | null;
  region: string | null;
  learnFromMe: boolean;
}

/** Replaces the saved preferences. Throws an InputError that names the field when one is wrong. */
export async function updatePreferences(
  { library, snapshot: { catalog } }: LibraryDependencies,
  { userId }: Viewer,
  input: PreferencesInput,
): Promise<void> {
  const stored = await library.preferences(userId);
  const region = input.region === undefined ? stored.region : readRegion(catalog, input.region);
  const learnFromMe = input.learnFromMe ?? stored.learnFromMe;
  await library.setPreferences(userId, { ...readPreferences(catalog, input), region, learnFromMe });
}

export async function viewerPreferences(
  { library, snapshot: { catalog } }: LibraryDependencies,
  { userId }: Viewer,
): Promise<PresentPreferences> {
  return presentPreferences(catalog, await library.preferences(userId));
}

/** Leaves out the labels that this catalog version lacks. They stay saved for a version that has them. */
export function presentPreferences(catalog: Catalog, saved: SavedPreferences): PresentPreferences {
  return {
    preferredGenres: knownLabels(catalog.genres, saved.preferredGenres),
    services: knownLabels(catalog.services, saved.services),
    languages: knownLabels(catalog.languages, saved.languages).map(({ name }) => name),
    runtimeMin: saved.runtimeMin,
    runtimeMax: saved.runtimeMax,
    familiar: saved.familiar,
    region: saved.region !== null && catalog.offers.regions.includes(saved.region) ? saved.region : null,
    learnFromMe: saved.learnFromMe,
  };
}

function readRegion(catalog: Catalog, region: string | null): string | null {
  return region === null ? null : catalog.offers.readRegion(region, 'preferences.region');
}

function readPreferences(catalog: Catalog, input: PreferencesInput): Omit<SavedPreferences, 'region' | 'learnFromMe'> {
  const genres = readLabels(input.preferredGenres, 'genre', catalog.genres, 'preferences.preferredGenres');
  const filter = readFilter(catalog, input, 'preferences');
  return {
    preferredGenres: genres.map((row) => catalog.genres.at(row).id),
    services: filter.services.map((row) => catalog.services.at(row).id),
    languages: filter.languages.map((row) => catalog.languages.at(row).name),
    runtimeMin: filter.runtimeMin ?? null,
    runtimeMax: filter.runtimeMax ?? null,
    familiar: readFamiliar(input.familiar, 'preferences.familiar') ?? null,
  };
}

function knownLabels(index: LabelIndex, names: readonly string[]): Label[] {
  return names.map((name) => index.find(name)).filter((label) => label !== undefined);
}
