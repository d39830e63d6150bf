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

/** What a block was fitted to; enough to encode a movie that comes later. */
export interface FittedBlock extends BlockSpan {
  /** Names of the columns: terms, labels, first years of era bins, or the field of a z-score. */
  names: string[];
  /** Term weights of a text block; [mean, standard deviation] of a z-score; empty otherwise. */
  parameters: Float64Array;
}

export interface FeatureMatrix {
  matrix: Csr;
  blocks: FittedBlock[];
}

/** Movies -> one sparse row each: the config's blocks side by side, each times its weight. */
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
      // The words of a title are what the films of a series share.
      return tokenize(movie.title);
    default:
      return movie[kind];
  }
}

/**
 * A year as membership of overlapping bins, triangular in time and scaled to length 1: near years agree almost wholly, years four steps apart
 * not at all, and no year is larger than another.
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
    const length = Math.hypot(...row.map(([, value]) => value));
    return row.map(([bin, value]): [number, number] => [bin, value / length]);
  });
  const names = Array.from({ length: bins }, (_, bin) => String((first + bin) * step));
  return { kind: 'era', names, parameters: NO_PARAMETERS, matrix: toCsr(rows, bins) };
}

/** (x - mean) / standard deviation over the catalogue, the population's as scikit-learn's StandardScaler has it; unknown = the mean. */
function encodeZScore(movies: readonly CatalogRow[], field: 'year' | 'runtime'): EncodedBlock {
  const known = movies.flatMap((movie) => movie[field] ?? []);
  const mean = known.length === 0 ? 0 : known.reduce((a, b) => a + b, 0) / known.length;
  const variance = known.length === 0 ? 0 : known.reduce((a, b) => a + (b - mean) ** 2, 0) / known.length;
  const deviation = variance === 0 ? 1 : Math.sqrt(variance);
  const rows = movies.map((movie): [number, number][] => {
    const z = ((movie[field] ?? mean) - mean) / deviation;
    return z === 0 ? [] : [[0, z]];
  });
  return { kind: 'zscore', names: [field], parameters: Float64Array.of(mean, deviation), matrix: toCsr(rows, 1) };
}

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
