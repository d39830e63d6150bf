import { ArtifactError } from '../../artifacts/artifact-error.ts';
import type { ModelRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';
import { StringTable } from '../../artifacts/string-table.ts';
import type { FeatureMatrix } from '../../features/feature-matrix.ts';
import { type Csr, csrProblem, rowNorms, transpose } from '../../linalg/csr.ts';
import { type ModelConfig, parseModelConfig } from '../model-config.ts';

/** The data of content scores. Row i of every array is the movie with MovieIndex i. */
export interface ContentModel {
  config: ModelConfig;
  /** movies × feature columns. */
  features: Csr;
  /** The transpose of `features`; undefined: who needs it makes it. */
  featuresByColumn?: Csr;
  /** Divides a movie's dot product with the profile vector, together with the norm of that vector. One entry a movie, never 0. */
  normalizers: Float64Array;
  /** One entry a movie, 0 to 1; see popularity.ts. */
  popularity: Float32Array;
  /** Genre index -> column of `features`; -1 where the features do not have that genre. */
  genreColumns: Int32Array;
}

/** Assembles a content model from fitted features. `genres` are names in the order of the catalog's genre indices. */
export function assembleContentModel(
  fitted: FeatureMatrix,
  popularity: Float32Array,
  genres: readonly string[],
  config: ModelConfig,
): ContentModel {
  return {
    config,
    features: fitted.matrix,
    normalizers: normalizersOf(fitted.matrix, config),
    popularity,
    genreColumns: genreColumnsOf(fitted, genres),
  };
}

/**
 * The model as sections named `features.*` and `model.*`. The names of the columns and the fitted parameters are stored for `inspect`;
 * scoring does not read them.
 */
export function contentSections(fitted: FeatureMatrix, model: ContentModel): Record<string, SectionArray> {
  const names = StringTable.from(fitted.blocks.flatMap((block) => block.names));
  return {
    'features.rowOffsets': model.features.rowOffsets,
    'features.columnIndices': model.features.columnIndices,
    'features.values': model.features.values,
    'features.names.offsets': names.offsets,
    'features.names.bytes': names.bytes,
    // Two entries a block of the config, in order: its columns and its parameters.
    'features.blocks': Uint32Array.from(fitted.blocks.flatMap((block) => [block.columns, block.parameters.length])),
    'features.parameters': Float64Array.from(fitted.blocks.flatMap((block) => [...block.parameters])),
    'model.genreColumns': model.genreColumns,
    'model.popularity': model.popularity,
  };
}

/** The content model of a verified release, as views of its sections. Throws an ArtifactError when the sections do not fit together. */
export function readContentModel(release: ModelRelease): ContentModel {
  const config = readConfig(release);
  const rows = release.manifest.movieCount;
  const columns = columnsOf(release, config.blocks.length);
  const features: Csr = {
    rows,
    columns,
    rowOffsets: release.get('features.rowOffsets', 'u32'),
    columnIndices: release.get('features.columnIndices', 'u16', 'u32'),
    values: release.get('features.values', 'f32'),
  };
  const problem = csrProblem(features);
  if (problem !== undefined) throw new ArtifactError(`section features: ${problem}`);
  const popularity = release.get('model.popularity', 'f32');
  if (popularity.length !== rows) throw new ArtifactError(`section model.popularity: ${popularity.length} entries, expected ${rows}`);
  const genreColumns = release.get('model.genreColumns', 'i32');
  const genres = release.get('catalog.genres.names.offsets', 'u32').length - 1;
  if (genreColumns.length !== genres || genreColumns.some((column) => column < -1 || column >= columns)) {
    throw new ArtifactError(`section model.genreColumns: does not fit ${genres} genres and ${columns} columns`);
  }
  return {
    config,
    features,
    featuresByColumn: byColumn(features, release),
    normalizers: normalizersOf(features, config),
    popularity,
    genreColumns,
  };
}

function byColumn(features: Csr, release: ModelRelease): Csr {
  const { rowOffsets, columnIndices, values } = release.derived('features.byColumn', () => {
    const transposed = transpose(features);
    return { rowOffsets: transposed.rowOffsets, columnIndices: transposed.columnIndices, values: transposed.values };
  });
  if (!(rowOffsets instanceof Uint32Array && values instanceof Float32Array))
    throw new TypeError('the transposed features are not as made');
  if (!(columnIndices instanceof Uint16Array || columnIndices instanceof Uint32Array))
    throw new TypeError('the transposed features are not as made');
  return { rows: features.columns, columns: features.rows, rowOffsets, columnIndices, values };
}

/**
 * The number of feature columns. It is a sum of counts that a file states, so it must be the number of names that are there: memory and
 * time of a ranking grow with it.
 */
function columnsOf(release: ModelRelease, blockCount: number): number {
  const blocks = release.get('features.blocks', 'u32');
  if (blocks.length !== 2 * blockCount)
    throw new ArtifactError(`section features.blocks: ${blocks.length} entries, expected 2 for each of ${blockCount} blocks`);
  let columns = 0;
  let parameters = 0;
  for (let b = 0; b < blocks.length; b += 2) {
    columns += blocks[b];
    parameters += blocks[b + 1];
  }
  const names = release.get('features.names.offsets', 'u32').length - 1;
  if (columns !== names) throw new ArtifactError(`section features.blocks: ${columns} columns, but there are ${names} names`);
  const found = release.get('features.parameters', 'f64').length;
  if (parameters !== found) throw new ArtifactError(`section features.blocks: ${parameters} parameters, found ${found}`);
  return columns;
}

function readConfig(release: ModelRelease): ModelConfig {
  try {
    return parseModelConfig(release.manifest.config, 'manifest config');
  } catch (cause) {
    throw new ArtifactError(`release ${release.manifest.version}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function normalizersOf(features: Csr, config: ModelConfig): Float64Array {
  if (config.similarity === 'fixed') {
    return new Float64Array(features.rows).fill(Math.hypot(...config.blocks.map((block) => block.weight)));
  }
  // As in scikit-learn the cosine of a movie without features is 0, not undefined.
  return rowNorms(features).map((norm) => (norm === 0 ? 1 : norm));
}

function genreColumnsOf(fitted: FeatureMatrix, genres: readonly string[]): Int32Array {
  const block = fitted.blocks.find((candidate) => candidate.kind === 'genres');
  return Int32Array.from(genres, (genre) => {
    const column = block?.names.indexOf(genre) ?? -1;
    return block === undefined || column < 0 ? -1 : block.start + column;
  });
}
