import { ArtifactError } from './artifact-error.ts';
import type { ModelRelease } from './model-release.ts';
import { PackedText } from './packed-text.ts';
import type { SectionArray } from './section-file.ts';
import { StringTable } from './string-table.ts';

/**
 * Labels given to movies: movie i has the labels `indices[offsets[i] .. offsets[i + 1])`, each a row of `names`. Indices of a movie
 * keep the order of the source (billing order for a cast).
 */
export interface Tagging {
  names: StringTable;
  /** Size + 1 entries. */
  offsets: Uint32Array;
  indices: Uint16Array | Uint32Array;
}

/** The catalogue's metadata by column; row i is MovieIndex i everywhere. Rows are in ascending order of movie id. */
export interface CatalogColumns {
  size: number;
  movieIds: Int32Array;
  /** IMDb's number without its "tt"; 0 = none. */
  imdbIds: Uint32Array;
  /** 0 = none. */
  tmdbIds: Uint32Array;
  /** 0 = unknown. */
  years: Int16Array;
  /** Minutes; 0 = unknown. */
  runtimes: Uint16Array;
  /** 0.5 to 5; NaN = no ratings. */
  ratingAverages: Float32Array;
  ratingCounts: Uint32Array;
  titles: StringTable;
  /** Other titles a movie is known by, joined by "|"; empty = none. */
  alternativeTitles: StringTable;
  posterPaths: StringTable;
  overviews: PackedText;
  genres: Tagging;
  services: Tagging;
  keywords: Tagging;
  directors: Tagging;
  cast: Tagging;
  /** At most one label a movie: ISO 639-1. */
  languages: Tagging;
  /** At most one label a movie. */
  certifications: Tagging;
}

const TAGGINGS = ['genres', 'services', 'keywords', 'directors', 'cast', 'languages', 'certifications'] as const;
const TABLES = ['titles', 'alternativeTitles', 'posterPaths'] as const;

/** Labels per movie -> Tagging; names are sorted by code unit, so the same labels give the same numbering. */
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

/** Columns -> sections named `catalog.*`. */
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
  for (const name of TABLES) {
    sections[`catalog.${name}.offsets`] = columns[name].offsets;
    sections[`catalog.${name}.bytes`] = columns[name].bytes;
  }
  for (const name of TAGGINGS) {
    sections[`catalog.${name}.names.offsets`] = columns[name].names.offsets;
    sections[`catalog.${name}.names.bytes`] = columns[name].names.bytes;
    sections[`catalog.${name}.offsets`] = columns[name].offsets;
    sections[`catalog.${name}.indices`] = columns[name].indices;
  }
  return sections;
}

/** The columns of a set, as views on its sections. Throws an ArtifactError when sections do not fit together. */
export function readCatalogColumns(set: ModelRelease): CatalogColumns {
  const movieIds = set.get('catalog.movieIds', 'i32');
  const size = movieIds.length;
  if (set.manifest.movieCount !== size)
    throw new ArtifactError(`section catalog.movieIds: ${size} movies, the manifest says ${set.manifest.movieCount}`);
  for (let i = 1; i < size; i++)
    if (movieIds[i] <= movieIds[i - 1]) throw new ArtifactError(`section catalog.movieIds: row ${i} is not above the one before it`);
  const table = (name: string): StringTable => readTable(set, `catalog.${name}`, size);
  const tagging = (name: (typeof TAGGINGS)[number]): Tagging => readTagging(set, `catalog.${name}`, size);
  return {
    size,
    movieIds,
    imdbIds: sized(set.get('catalog.imdbIds', 'u32'), size, 'catalog.imdbIds'),
    tmdbIds: sized(set.get('catalog.tmdbIds', 'u32'), size, 'catalog.tmdbIds'),
    years: sized(set.get('catalog.years', 'i16'), size, 'catalog.years'),
    runtimes: sized(set.get('catalog.runtimes', 'u16'), size, 'catalog.runtimes'),
    ratingAverages: sized(set.get('catalog.ratingAverages', 'f32'), size, 'catalog.ratingAverages'),
    ratingCounts: sized(set.get('catalog.ratingCounts', 'u32'), size, 'catalog.ratingCounts'),
    titles: table('titles'),
    alternativeTitles: table('alternativeTitles'),
    posterPaths: table('posterPaths'),
    overviews: readOverviews(set, size),
    genres: tagging('genres'),
    services: tagging('services'),
    keywords: tagging('keywords'),
    directors: tagging('directors'),
    cast: tagging('cast'),
    languages: tagging('languages'),
    certifications: tagging('certifications'),
  };
}

function readOverviews(set: ModelRelease, size: number): PackedText {
  const bytes = set.get('catalog.overviews.bytes', 'u8');
  const offsets = ascending(set.get('catalog.overviews.blockOffsets', 'u32'), bytes.length, 'catalog.overviews.blockOffsets');
  try {
    return new PackedText(size, offsets, bytes);
  } catch (cause) {
    throw new ArtifactError(`section catalog.overviews.blockOffsets: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function readTagging(set: ModelRelease, name: string, size: number): Tagging {
  const names = readTable(set, `${name}.names`);
  const indices = set.get(`${name}.indices`, 'u16', 'u32');
  const offsets = ascending(sized(set.get(`${name}.offsets`, 'u32'), size + 1, `${name}.offsets`), indices.length, `${name}.offsets`);
  for (let p = 0; p < indices.length; p++)
    if (indices[p] >= names.length)
      throw new ArtifactError(`section ${name}.indices: entry ${p} is ${indices[p]}, there are ${names.length} names`);
  return { names, offsets, indices };
}

/** A string table; `length` strings when it is given. */
export function readTable(set: ModelRelease, name: string, length?: number): StringTable {
  const bytes = set.get(`${name}.bytes`, 'u8');
  const offsets = ascending(set.get(`${name}.offsets`, 'u32'), bytes.length, `${name}.offsets`);
  if (length !== undefined) sized(offsets, length + 1, `${name}.offsets`);
  return new StringTable(offsets, bytes);
}

function sized<T extends SectionArray>(array: T, length: number, name: string): T {
  if (array.length !== length) throw new ArtifactError(`section ${name}: ${array.length} entries, expected ${length}`);
  return array;
}

/** Offsets must rise from 0 to `end`: then no later read can leave the section. */
export function ascending(offsets: Uint32Array, end: number, name: string): Uint32Array {
  if (offsets.length === 0 || offsets[0] !== 0 || offsets[offsets.length - 1] !== end)
    throw new ArtifactError(`section ${name}: must run from 0 to ${end}`);
  for (let i = 1; i < offsets.length; i++) if (offsets[i] < offsets[i - 1]) throw new ArtifactError(`section ${name}: falls at entry ${i}`);
  return offsets;
}
