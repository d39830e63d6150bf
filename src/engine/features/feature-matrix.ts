import { type Csr, indexArray } from '../linalg/csr.ts';
import type { CatalogRow } from './catalog-row.ts';
import type { BlockConfig, FeatureConfig, LabelBlockConfig } from './feature-config.ts';
import { encodeLabels, toCsr } from './label-block.ts';
import { fitTfIdf } from './tfidf.ts';
import { tokenize } from './tokenizer.ts';

/** Where a block's columns lie in the feature matrix: [start, start + columns). */
export interface BlockSpan {
  kind: BlockConfig['kind'];
  start: number;
  columns: number;
}

/** A block with everything that was fitted to the catalog. */
export interface FittedBlock extends BlockSpan {
  /** Names of the columns: terms, labels, first years of era bins, or the field of a z-score. */
  names: string[];
  /** Inverse document frequencies of a text block; [mean, standard deviation] of a z-score; otherwise empty. */
  parameters: Float64Array;
}

export interface FeatureMatrix {
  /** movies × columns. */
  matrix: Csr;
  blocks: FittedBlock[];
}

/** Encodes movies as feature rows: row i is movie i, with the blocks of the config side by side, each multiplied by its weight. */
export function buildFeatureMatrix(movies: readonly CatalogRow[], config: FeatureConfig): FeatureMatrix {
  const encoded = config.blocks.map((block) => encodeBlock(movies, block));
  const blocks: FittedBlock[] = [];
  let start = 0;
  for (const { names, parameters, matrix, kind } of encoded) {
    blocks.push({ kind, start, columns: matrix.columns, names, parameters });
    start += matrix.columns;
  }
  const matrix = sideBySide(
    encoded.map((block) => block.matrix),
    config.blocks.map((block) => block.weight),
  );
  return { matrix, blocks };
}

interface EncodedBlock {
  kind: BlockConfig['kind'];
  names: string[];
  parameters: Float64Array;
  matrix: Csr;
}

const NO_PARAMETERS = new Float64Array(0);

function encodeBlock(movies: readonly CatalogRow[], block: BlockConfig): EncodedBlock {
  const { kind } = block;
  switch (kind) {
    case 'text': {
      const documents = movies.map((movie) => (movie.overview === '' ? movie.title : movie.overview));
      const { terms, idf, matrix } = fitTfIdf(documents, block);
      return { kind, names: terms, parameters: idf, matrix };
    }
    case 'genres':
    case 'keywords':
    case 'directors':
    case 'cast':
    case 'language':
    case 'certification':
    case 'title': {
      const labels = movies.map((movie) => labelsFor(movie, kind));
      const encoded = encodeLabels(labels, block);
      return { kind, names: encoded.labels, parameters: NO_PARAMETERS, matrix: encoded.matrix };
    }
    case 'era':
      return encodeEra(movies, block.step);
    case 'zscore':
      return encodeZScore(movies, block.field);
  }
}

function labelsFor(movie: CatalogRow, kind: LabelBlockConfig['kind']): readonly string[] {
  switch (kind) {
    case 'language':
      return movie.originalLanguage === '' ? [] : [movie.originalLanguage];
    case 'certification':
      return movie.certification === '' ? [] : [movie.certification];
    case 'title':
      // Movies of a series share words of their titles.
      return tokenize(movie.title);
    default:
      return movie[kind];
  }
}

/**
 * Encodes a year by its membership in overlapping bins b, whose centres c_b are `step` years apart:
 *
 *   membership_b = max(0, 1 - |year - c_b| / (2 × step))
 *
 * scaled to norm 1. The dot product of two years falls with their distance and is 0 from four steps on. An unknown year is an empty row.
 */
function encodeEra(movies: readonly CatalogRow[], step: number): EncodedBlock {
  const years = movies.flatMap((movie) => movie.year ?? []);
  const first = Math.floor(years.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY) / step) - 1;
  const last = Math.ceil(years.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) / step) + 1;
  const bins = years.length === 0 ? 0 : last - first + 1;
  const rows = movies.map(({ year }) => {
    if (year === null) return [];
    const row: [number, number][] = [];
    for (let bin = 0; bin < bins; bin++) {
      const membership = 1 - Math.abs(year - (first + bin) * step) / (2 * step);
      if (membership > 0) row.push([bin, membership]);
    }
    const norm = Math.hypot(...row.map(([, value]) => value));
    return row.map(([bin, value]): [number, number] => [bin, value / norm]);
  });
  const names = Array.from({ length: bins }, (_, bin) => String((first + bin) * step));
  return { kind: 'era', names, parameters: NO_PARAMETERS, matrix: toCsr(rows, bins) };
}

/**
 * Encodes a number x as (x - mean) / standard deviation, as scikit-learn's StandardScaler does: over the known values of the catalog, with
 * the population's standard deviation. An unknown value counts as the mean. A standard deviation of 0 divides by 1.
 */
function encodeZScore(movies: readonly CatalogRow[], field: 'year' | 'runtime'): EncodedBlock {
  const known = movies.flatMap((movie) => movie[field] ?? []);
  const mean = known.length === 0 ? 0 : known.reduce((a, b) => a + b, 0) / known.length;
  const variance = known.length === 0 ? 0 : known.reduce((a, b) => a + (b - mean) ** 2, 0) / known.length;
  const standardDeviation = variance === 0 ? 1 : Math.sqrt(variance);
  const rows = movies.map((movie): [number, number][] => {
    const z = ((movie[field] ?? mean) - mean) / standardDeviation;
    return z === 0 ? [] : [[0, z]];
  });
  return { kind: 'zscore', names: [field], parameters: Float64Array.of(mean, standardDeviation), matrix: toCsr(rows, 1) };
}

/** The blocks side by side: columns are shifted, values are multiplied by the weight of the block. */
function sideBySide(blocks: readonly Csr[], weights: readonly number[]): Csr {
  const rows = blocks[0].rows;
  const columns = blocks.reduce((sum, block) => sum + block.columns, 0);
  const rowOffsets = new Uint32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    rowOffsets[i + 1] = blocks.reduce((sum, block) => sum + block.rowOffsets[i + 1] - block.rowOffsets[i], rowOffsets[i]);
  }
  const columnIndices = indexArray(columns, rowOffsets[rows]);
  const values = new Float32Array(rowOffsets[rows]);
  let next = 0;
  for (let i = 0; i < rows; i++) {
    let start = 0;
    blocks.forEach((block, b) => {
      for (let p = block.rowOffsets[i]; p < block.rowOffsets[i + 1]; p++) {
        columnIndices[next] = start + block.columnIndices[p];
        values[next++] = weights[b] * block.values[p];
      }
      start += block.columns;
    });
  }
  return { rows, columns, rowOffsets, columnIndices, values };
}
