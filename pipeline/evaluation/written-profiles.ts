import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import { Bitset } from '../../src/engine/linalg/bitset.ts';
import type { Ranker } from './ranker.ts';

const texts = z.array(z.string()).min(1).optional();

/** Facts that a relative of a profile has: all that are stated. */
const relativeSchema = z.strictObject({
  /** All of these. */
  genres: texts,
  /** One of these. */
  languages: texts,
  certifications: texts,
  directors: texts,
  keywords: texts,
  /** Years, inclusive. */
  from: z.int().optional(),
  to: z.int().optional(),
});

const profileSchema = z.strictObject({
  name: z.string().min(1),
  /** Profiles that were written down at one time. Shares are reported for each such part too. */
  part: z.string().optional(),
  likes: z.array(z.strictObject({ title: z.string(), year: z.int() })).min(1),
  /** A relative has the facts of one of these. */
  relatives: z.array(relativeSchema).min(1),
});

/** A profile that was written down before any list was looked at, with what a movie has that such a viewer would expect. */
export type WrittenProfile = z.infer<typeof profileSchema>;

/** The number of movies of a list that are looked at. */
export const LIST = 12;

export interface ProfileList {
  name: string;
  part?: string | undefined;
  /** Rows, best first. */
  list: number[];
  /** Share of the list that are relatives. */
  relatives: number;
}

/** Reads a file of profiles. Throws a ZodError that names what is wrong. */
export async function readWrittenProfiles(
  path: string | URL = new URL('./written-profiles.json', import.meta.url),
): Promise<WrittenProfile[]> {
  return z.array(profileSchema).parse(JSON.parse(await readFile(path, 'utf8')));
}

/** Row of each liked movie of a profile: the most rated movie of that title and year. Movies that the catalog lacks are left out. */
export function likesOfProfile({ likes }: WrittenProfile, catalog: readonly CatalogRow[]): Uint32Array {
  return Uint32Array.from(
    likes.flatMap(({ title, year }) => {
      const rows = [...catalog.keys()].filter((row) => catalog[row].title === title && catalog[row].year === year);
      return rows.sort((a, b) => catalog[b].ratingCount - catalog[a].ratingCount).slice(0, 1);
    }),
  );
}

export function isRelative(movie: CatalogRow, { relatives }: WrittenProfile): boolean {
  return relatives.some(
    ({ genres, languages, certifications, directors, keywords, from, to }) =>
      (genres === undefined || genres.every((genre) => movie.genres.includes(genre))) &&
      (languages?.includes(movie.originalLanguage) ?? true) &&
      (certifications?.includes(movie.certification) ?? true) &&
      (directors?.some((director) => movie.directors.includes(director)) ?? true) &&
      (keywords?.some((keyword) => movie.keywords.includes(keyword)) ?? true) &&
      (from === undefined || (movie.year ?? 0) >= from) &&
      (to === undefined || (movie.year ?? Number.POSITIVE_INFINITY) <= to),
  );
}

/** The first movies for each profile among all of the catalog. A profile of which the catalog has no like is left out. */
export function listsOfProfiles(ranker: Ranker, profiles: readonly WrittenProfile[], catalog: readonly CatalogRow[]): ProfileList[] {
  return profiles.flatMap((profile) => {
    const likes = likesOfProfile(profile, catalog);
    if (likes.length === 0) return [];
    const candidates = Bitset.full(catalog.length);
    for (const row of likes) candidates.delete(row);
    const list = Array.from(ranker.rank(likes, candidates, LIST));
    const relatives = list.filter((row) => isRelative(catalog[row], profile)).length;
    return [{ name: profile.name, part: profile.part, list, relatives: relatives / list.length }];
  });
}
