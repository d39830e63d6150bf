import { ArtifactError } from '../../artifacts/artifact-error.ts';
import type { ModelRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';
import { StringTable } from '../../artifacts/string-table.ts';
import { type FeatureConfig, parseFeatureConfig } from '../../features/feature-config.ts';
import type { FeatureMatrix } from '../../features/feature-matrix.ts';
import { type Csr, csrProblem, rowNorms } from '../../linalg/csr.ts';
import { type CollaborativeModel, collaborativeSections, readCollaborativeModel } from '../collaborative/collaborative-model.ts';

/** What the recommender scores with. Row i of everything is MovieIndex i. */
export interface ContentModel {
  config: FeatureConfig;
  features: Csr;
  /** What a movie's dot product with the profile is divided by, beside the profile's length; never 0. */
  normalizers: Float64Array;
  /** 0 to 1. */
  popularity: Float32Array;
  /** Genre index -> column of `features`, or -1 when the features do not know the genre. */
  genreColumns: Int32Array;
  /** What ratings say; undefined when there is content alone. */
  collaborative?: CollaborativeModel | undefined;
}

/** Assembles a model from fitted features; `genres` in the order of the catalogue's genre indices. */
export function assembleModel(
  fitted: FeatureMatrix,
  popularity: Float32Array,
  genres: readonly string[],
  config: FeatureConfig,
  taste?: CollaborativeModel,
): ContentModel {
  return {
    collaborative: taste,
    config,
    features: fitted.matrix,
    normalizers: divisorsOf(fitted.matrix, config),
    popularity,
    genreColumns: genreColumnsOf(fitted, genres),
  };
}

/** Model -> sections named `features.*`, `model.*` and, with ratings models, `taste.*`; fitted names and parameters go along, for whoever looks inside a set. */
export function modelSections(fitted: FeatureMatrix, model: ContentModel): Record<string, SectionArray> {
  const names = StringTable.from(fitted.blocks.flatMap((block) => block.names));
  return {
    'features.rowOffsets': model.features.rowOffsets,
    'features.columnIndices': model.features.columnIndices,
    'features.values': model.features.values,
    'features.names.offsets': names.offsets,
    'features.names.bytes': names.bytes,
    // Columns and parameters of each block of the config, in order.
    'features.blocks': Uint32Array.from(fitted.blocks.flatMap((block) => [block.columns, block.parameters.length])),
    'features.parameters': Float64Array.from(fitted.blocks.flatMap((block) => [...block.parameters])),
    'model.genreColumns': model.genreColumns,
    'model.popularity': model.popularity,
    ...(model.collaborative === undefined ? {} : collaborativeSections(model.collaborative)),
  };
}

/** The model of a verified set, as views on its sections. Throws an ArtifactError when its parts do not fit together. */
export function readContentModel(set: ModelRelease): ContentModel {
  const config = readConfig(set);
  const rows = set.manifest.movieCount;
  const blocks = set.get('features.blocks', 'u32');
  let columns = 0;
  for (let b = 0; b < blocks.length; b += 2) columns += blocks[b];
  const features: Csr = {
    rows,
    columns,
    rowOffsets: set.get('features.rowOffsets', 'u32'),
    columnIndices: set.get('features.columnIndices', 'u16', 'u32'),
    values: set.get('features.values', 'f32'),
  };
  const problem = csrProblem(features);
  if (problem !== undefined) throw new ArtifactError(`section features: ${problem}`);
  const popularity = set.get('model.popularity', 'f32');
  if (popularity.length !== rows) throw new ArtifactError(`section model.popularity: ${popularity.length} entries, expected ${rows}`);
  const genreColumns = set.get('model.genreColumns', 'i32');
  const genres = set.get('catalog.genres.names.offsets', 'u32').length - 1;
  if (genreColumns.length !== genres || genreColumns.some((column) => column < -1 || column >= columns)) {
    throw new ArtifactError(`section model.genreColumns: does not fit ${genres} genres and ${columns} columns`);
  }
  return {
    config,
    features,
    normalizers: divisorsOf(features, config),
    popularity,
    genreColumns,
    collaborative: readCollaborativeModel(set),
  };
}

function readConfig(set: ModelRelease): FeatureConfig {
  try {
    return parseFeatureConfig(set.manifest.config, 'manifest config');
  } catch (cause) {
    throw new ArtifactError(`set ${set.manifest.version}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function divisorsOf(features: Csr, config: FeatureConfig): Float64Array {
  if (config.similarity === 'fixed') {
    return new Float64Array(features.rows).fill(Math.hypot(...config.blocks.map((block) => block.weight)));
  }
  // A movie without features is similar to nothing; as in scikit-learn its cosine is 0, not undefined.
  return rowNorms(features).map((norm) => (norm === 0 ? 1 : norm));
}

function genreColumnsOf(fitted: FeatureMatrix, genres: readonly string[]): Int32Array {
  const block = fitted.blocks.find((candidate) => candidate.kind === 'genres');
  return Int32Array.from(genres, (genre) => {
    const column = block?.names.indexOf(genre) ?? -1;
    return block === undefined || column < 0 ? -1 : block.start + column;
  });
}
