import { ArtifactError } from '../artifacts/artifact-error.ts';
import { ascending, sized } from '../artifacts/catalog-columns.ts';
import type { ModelRelease } from '../artifacts/model-release.ts';
import type { SectionArray } from '../artifacts/section-file.ts';
import { type SearchIndex, TEXT_KINDS } from './search-index.ts';
import { WordTable } from './word-table.ts';

/** The index as sections named `search.*`. */
export function searchSections(index: SearchIndex): Record<string, SectionArray> {
  return {
    'search.words.offsets': index.words.offsets,
    'search.words.codes': index.words.codes,
    'search.postings.offsets': index.postingOffsets,
    'search.postings.texts': index.postings,
    'search.texts.offsets': index.movieOffsets,
    'search.texts.movies': index.movies,
    'search.texts.weights': index.weights,
    'search.texts.kinds': index.kinds,
  };
}

/**
 * The index of a release, as views of its sections. Undefined for a release without one, as older versions wrote. Throws an ArtifactError
 * when the sections do not fit together.
 */
export function readSearchIndex(release: ModelRelease): SearchIndex | undefined {
  if (!release.has('search.words.offsets')) return undefined;
  const codes = release.get('search.words.codes', 'u16');
  const offsets = ascending(release.get('search.words.offsets', 'u32'), codes.length, 'search.words.offsets');
  const kinds = release.get('search.texts.kinds', 'u8');
  const texts = kinds.length;
  const postings = below(release.get('search.postings.texts', 'u32'), texts, 'search.postings.texts');
  const movies = below(release.get('search.texts.movies', 'u32'), release.manifest.movieCount, 'search.texts.movies');
  return {
    words: new WordTable(offsets, codes),
    postingOffsets: ascending(
      sized(release.get('search.postings.offsets', 'u32'), offsets.length, 'search.postings.offsets'),
      postings.length,
      'search.postings.offsets',
    ),
    postings,
    movieOffsets: ascending(
      sized(release.get('search.texts.offsets', 'u32'), texts + 1, 'search.texts.offsets'),
      movies.length,
      'search.texts.offsets',
    ),
    movies,
    weights: sized(release.get('search.texts.weights', 'f32'), texts, 'search.texts.weights'),
    kinds: below(kinds, TEXT_KINDS.length, 'search.texts.kinds'),
  };
}

function below<T extends Uint8Array | Uint32Array>(values: T, bound: number, name: string): T {
  for (let i = 0; i < values.length; i++)
    if (values[i] >= bound) throw new ArtifactError(`section ${name}: entry ${i} is ${values[i]}, expected a number below ${bound}`);
  return values;
}
