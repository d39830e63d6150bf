import { ArtifactError } from './artifact-error.ts';
import type { ModelRelease } from './model-release.ts';
import { PackedText } from './packed-text.ts';
import type { SectionArray } from './section-file.ts';
import { StringTable } from './string-table.ts';

/**
 * Labels of movies, in sparse rows: movie i has the labels `indices[offsets[i] .. offsets[i + 1])`, each an index of `names`. The labels of
 * a movie keep the order of the source, for instance the billing order of a cast.
 */
export interface Tagging {
  names: StringTable;
  /** One entry more than there are movies. */
  offsets: Uint32Array;
  indices: Uint16Array | Uint32Array;
}

/** Ways to watch the movies. `since` and `leftAt` have one entry for each entry of `tagging.indices`: days since 1970, 0 = none. */
export interface Offers {
  /** Labels "REGION:kind:PROVIDER:SERVICE". PROVIDER is TMDb's number of the service, 0 when unknown. */
  tagging: Tagging;
  since: Uint16Array;
  leftAt: Uint16Array;
}

/** Metadata of the catalog by column. Entry i of every column is the movie with MovieIndex i; movie ids ascend. */
export interface CatalogColumns {
  /** Number of movies. */
  size: number;
  movieIds: Int32Array;
  /** The number of the IMDb id, without "tt"; 0 = none. */
  imdbIds: Uint32Array;
  /** 0 = none. */
  tmdbIds: Uint32Array;
  /** 0 = unknown. */
  years: Int16Array;
  /** Minutes; 0 = unknown. */
  runtimes: Uint16Array;
  /** Stars, 0.5 to 5; NaN = no ratings. */
  ratingAverages: Float32Array;
  ratingCounts: Uint32Array;
  titles: StringTable;
  /** Other titles of the movie, joined by "|"; empty = none. */
  alternativeTitles: StringTable;
  posterPaths: StringTable;
  overviews: PackedText;
  genres: Tagging;
  services: Tagging;
  keywords: Tagging;
  directors: Tagging;
  cast: Tagging;
  /** ISO 639-1; at most one label a movie. */
  languages: Tagging;
  /** At most one label a movie. */
  certifications: Tagging;
  // Releases of older versions lack the columns below.
  /** The series that a movie is part of; at most one label a movie. */
  collections?: Tagging | undefined;
  /** Empty = unknown. */
  originalTitles?: StringTable | undefined;
  /** YouTube's key of the trailer; empty = none. */
  trailerKeys?: StringTable | undefined;
  /** TMDb's word, such as 'Released'; at most one label a movie. */
  statuses?: Tagging | undefined;
  /** ISO 3166-1. */
  countries?: Tagging | undefined;
  companies?: Tagging | undefined;
  /** ISO 639-1. */
  spokenLanguages?: Tagging | undefined;
  /** Cast and crew, as "JOB:ID:NAME" with TMDb's number of the person. */
  people?: Tagging | undefined;
  offers?: Offers | undefined;
}

const TAGGINGS = ['genres', 'services', 'keywords', 'directors', 'cast', 'languages', 'certifications'] as const;
const TABLES = ['titles', 'alternativeTitles', 'posterPaths'] as const;
const ADDED_TAGGINGS = ['collections', 'statuses', 'countries', 'companies', 'spokenLanguages', 'people'] as const;
const ADDED_TABLES = ['originalTitles', 'trailerKeys'] as const;

/**
 * The tagging for these labels, one list a movie. A label that a list repeats counts once. Names are sorted by code unit, so the same
 * labels always get the same indices.
 */
export function tag(labels: readonly (readonly string[])[]): Tagging {
  const names = [...new Set(labels.flat())].sort();
  const numberOf = new Map(names.map((name, i) => [name, i]));
  const offsets = new Uint32Array(labels.length + 1);
  const indices: number[] = [];
  labels.forEach((list, i) => {
    for (const name of new Set(list)) indices.push(numberOf.get(name) ?? 0);
    offsets[i + 1] = indices.length;
  });
  return {
    names: StringTable.from(names),
    offsets,
    indices: names.length <= 0x10000 ? Uint16Array.from(indices) : Uint32Array.from(indices),
  };
}

/** The labels of one movie, in the order of the source. */
export function labelsOf(tagging: Tagging, row: number): string[] {
  const labels: string[] = [];
  for (let p = tagging.offsets[row]; p < tagging.offsets[row + 1]; p++) labels.push(tagging.names.get(tagging.indices[p]));
  return labels;
}

/** The columns as sections named `catalog.*`. What no movie has is left out, where older releases have no such section either. */
export function catalogSections(columns: CatalogColumns): Record<string, SectionArray> {
  const sections: Record<string, SectionArray> = {
    'catalog.movieIds': columns.movieIds,
    'catalog.imdbIds': columns.imdbIds,
    'catalog.tmdbIds': columns.tmdbIds,
    'catalog.years': columns.years,
    'catalog.runtimes': columns.runtimes,
    'catalog.ratingAverages': columns.ratingAverages,
    'catalog.ratingCounts': columns.ratingCounts,
    'catalog.overviews.blockOffsets': columns.overviews.blockOffsets,
    'catalog.overviews.bytes': columns.overviews.bytes,
  };
  for (const name of [...TABLES, ...ADDED_TABLES] as const) {
    const table = columns[name];
    if (table === undefined || (isAdded(name) && table.bytes.length === 0)) continue;
    sections[`catalog.${name}.offsets`] = table.offsets;
    sections[`catalog.${name}.bytes`] = table.bytes;
  }
  if (columns.offers !== undefined && columns.offers.tagging.indices.length > 0) {
    sections['catalog.offers.since'] = columns.offers.since;
    sections['catalog.offers.leftAt'] = columns.offers.leftAt;
  }
  for (const name of [...TAGGINGS, ...ADDED_TAGGINGS, 'offers'] as const) {
    const tagging = name === 'offers' ? columns.offers?.tagging : columns[name];
    if (tagging === undefined || (isAdded(name) && tagging.indices.length === 0)) continue;
    sections[`catalog.${name}.names.offsets`] = tagging.names.offsets;
    sections[`catalog.${name}.names.bytes`] = tagging.names.bytes;
    sections[`catalog.${name}.offsets`] = tagging.offsets;
    sections[`catalog.${name}.indices`] = tagging.indices;
  }
  return sections;
}

/** Whether releases of older versions lack this column. */
function isAdded(name: string): boolean {
  const added: readonly string[] = [...ADDED_TAGGINGS, ...ADDED_TABLES, 'offers'];
  return added.includes(name);
}

/** The columns of a release, as views of its sections. Throws an ArtifactError when the sections do not fit together. */
export function readCatalogColumns(release: ModelRelease): CatalogColumns {
  const movieIds = release.get('catalog.movieIds', 'i32');
  const size = movieIds.length;
  if (release.manifest.movieCount !== size)
    throw new ArtifactError(`section catalog.movieIds: ${size} movies, the manifest says ${release.manifest.movieCount}`);
  for (let i = 1; i < size; i++)
    if (movieIds[i] <= movieIds[i - 1]) throw new ArtifactError(`section catalog.movieIds: row ${i} is not above the one before it`);
  const table = (name: string): StringTable => readTable(release, `catalog.${name}`, size);
  const tagging = (name: (typeof TAGGINGS)[number]): Tagging => readTagging(release, `catalog.${name}`, size);
  return {
    size,
    movieIds,
    imdbIds: sized(release.get('catalog.imdbIds', 'u32'), size, 'catalog.imdbIds'),
    tmdbIds: sized(release.get('catalog.tmdbIds', 'u32'), size, 'catalog.tmdbIds'),
    years: sized(release.get('catalog.years', 'i16'), size, 'catalog.years'),
    runtimes: sized(release.get('catalog.runtimes', 'u16'), size, 'catalog.runtimes'),
    ratingAverages: sized(release.get('catalog.ratingAverages', 'f32'), size, 'catalog.ratingAverages'),
    ratingCounts: sized(release.get('catalog.ratingCounts', 'u32'), size, 'catalog.ratingCounts'),
    titles: table('titles'),
    alternativeTitles: table('alternativeTitles'),
    posterPaths: table('posterPaths'),
    overviews: readOverviews(release, size),
    genres: tagging('genres'),
    services: tagging('services'),
    keywords: tagging('keywords'),
    directors: tagging('directors'),
    cast: tagging('cast'),
    languages: tagging('languages'),
    certifications: tagging('certifications'),
    ...Object.fromEntries(
      ADDED_TAGGINGS.filter((name) => release.has(`catalog.${name}.offsets`)).map((name) => [
        name,
        readTagging(release, `catalog.${name}`, size),
      ]),
    ),
    offers: release.has('catalog.offers.offsets') ? readOffers(release, size) : undefined,
    ...Object.fromEntries(ADDED_TABLES.filter((name) => release.has(`catalog.${name}.offsets`)).map((name) => [name, table(name)])),
  };
}

function readOverviews(release: ModelRelease, size: number): PackedText {
  const bytes = release.get('catalog.overviews.bytes', 'u8');
  const offsets = ascending(release.get('catalog.overviews.blockOffsets', 'u32'), bytes.length, 'catalog.overviews.blockOffsets');
  try {
    return new PackedText(size, offsets, bytes);
  } catch (cause) {
    throw new ArtifactError(`section catalog.overviews.blockOffsets: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function readOffers(release: ModelRelease, size: number): Offers {
  const tagging = readTagging(release, 'catalog.offers', size);
  const days = (name: string): Uint16Array => sized(release.get(name, 'u16'), tagging.indices.length, name);
  return { tagging, since: days('catalog.offers.since'), leftAt: days('catalog.offers.leftAt') };
}

function readTagging(release: ModelRelease, name: string, size: number): Tagging {
  const names = readTable(release, `${name}.names`);
  const indices = release.get(`${name}.indices`, 'u16', 'u32');
  const offsets = ascending(sized(release.get(`${name}.offsets`, 'u32'), size + 1, `${name}.offsets`), indices.length, `${name}.offsets`);
  const outside = firstNotBelow(names.length, indices);
  if (outside !== undefined)
    throw new ArtifactError(`section ${name}.indices: entry ${outside} is ${indices[outside]}, there are ${names.length} names`);
  return { names, offsets, indices };
}

/** The place of the first entry that is not below `limit`. */
function firstNotBelow(limit: number, entries: Uint16Array | Uint32Array): number | undefined {
  const { length } = entries;
  for (let p = 0; p < length; p++) if (entries[p] >= limit) return p;
  return undefined;
}

/**
 * The string table in the sections `NAME.offsets` and `NAME.bytes`. Throws an ArtifactError when it is damaged, or does not have `length`
 * strings.
 */
export function readTable(release: ModelRelease, name: string, length?: number): StringTable {
  const bytes = release.get(`${name}.bytes`, 'u8');
  const offsets = ascending(release.get(`${name}.offsets`, 'u32'), bytes.length, `${name}.offsets`);
  if (length !== undefined) sized(offsets, length + 1, `${name}.offsets`);
  return new StringTable(offsets, bytes);
}

/** Returns the array if it has this length; throws an ArtifactError otherwise. */
export function sized<T extends SectionArray>(array: T, length: number, name: string): T {
  if (array.length !== length) throw new ArtifactError(`section ${name}: ${array.length} entries, expected ${length}`);
  return array;
}

/** Returns the offsets if they ascend from 0 to `end`, so that no later read leaves the section; throws an ArtifactError otherwise. */
export function ascending(offsets: Uint32Array, end: number, name: string): Uint32Array {
  if (offsets.length === 0 || offsets[0] !== 0 || offsets[offsets.length - 1] !== end)
    throw new ArtifactError(`section ${name}: must run from 0 to ${end}`);
  const { length } = offsets;
  for (let i = 1, before = 0; i < length; i++) {
    const offset = offsets[i];
    if (offset < before) throw new ArtifactError(`section ${name}: falls at entry ${i}`);
    before = offset;
  }
  return offsets;
}
