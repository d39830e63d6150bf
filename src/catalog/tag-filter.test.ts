import { describe, expect, it } from 'vitest';
import { type CatalogColumns, tag } from '../engine/artifacts/catalog-columns.ts';
import { Bitset } from '../engine/linalg/bitset.ts';
import { addTagged, readTagFilters, type TagArguments } from './tag-filter.ts';

const COLUMNS = {
  size: 4,
  keywords: tag([['heist', 'robot'], ['robot'], [], ['heist']]),
  collections: tag([[], [], ['Alien Collection'], []]),
  directors: tag([['Ann'], [], [], ['Ben']]),
  cast: tag([[], ['Ann'], ['Cid'], []]),
  people: tag([['director:12:Ann'], ['cast:12:Ann'], ['cast:7:Cid'], ['director:120:Ben']]),
} as unknown as CatalogColumns;
const rowsWith = (wanted: TagArguments, columns = COLUMNS): number[][] =>
  readTagFilters(columns, wanted, 'filter').map((filter) => [...addTagged(new Bitset(columns.size), columns, filter).toIndices()]);

describe('filters by tags', () => {
  it('restrict nothing when they are null, empty or left out', () => {
    expect(readTagFilters(COLUMNS, {}, 'filter')).toEqual([]);
    expect(readTagFilters(COLUMNS, { people: null, keywords: [], collections: undefined }, 'filter')).toEqual([]);
  });

  it('keep movies with one of the names, by their exact spelling', () => {
    expect(rowsWith({ keywords: ['heist'] })).toEqual([[0, 3]]);
    expect(rowsWith({ keywords: ['robot', 'heist', 'robot'] })).toEqual([[0, 1, 3]]);
    expect(rowsWith({ keywords: ['Heist'] })).toEqual([[]]);
    expect(rowsWith({ collections: ['Alien Collection', 'none'] })).toEqual([[2]]);
  });

  it('keep movies of people before and behind the camera, by name or by id', () => {
    expect(rowsWith({ people: ['Ann'] })).toEqual([[0, 1]]);
    expect(rowsWith({ people: ['12'] })).toEqual([[0, 1]]);
    expect(rowsWith({ people: ['7', 'Ben'] })).toEqual([[2, 3]]);
    expect(rowsWith({ people: ['1', '12x', 'x12', '12345678901', '0'] })).toEqual([[]]);
  });

  it('must each pass', () => {
    expect(rowsWith({ people: ['Ann'], keywords: ['heist'], collections: ['none'] })).toEqual([[0, 1], [0, 3], []]);
  });

  it('keep nothing where the catalog lacks a column, as older artifacts do', () => {
    const { people: _, collections: __, ...older } = COLUMNS;
    const columns = older as CatalogColumns;
    expect(rowsWith({ people: ['12'], collections: ['Alien Collection'] }, columns)).toEqual([[], []]);
    expect(rowsWith({ people: ['Ann'] }, columns)).toEqual([[0, 1]]);
  });

  it('have labels in ascending order, each once', () => {
    expect(readTagFilters(COLUMNS, { keywords: ['robot', 'none', 'heist', 'robot'] }, 'filter')).toEqual([
      [{ column: 'keywords', labels: [0, 1] }],
    ]);
  });

  it.each(['people', 'keywords', 'collections'] as const)('name at most ten %s', (field) => {
    expect(rowsWith({ [field]: Array(10).fill('x') })).toEqual([[]]);
    expect(() => rowsWith({ [field]: Array(11).fill('x') })).toThrow(`filter.${field}: has 11 entries; at most 10 are allowed`);
  });
});
