import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { generatedHybrid } from '../../../test/generated-collaborative-model.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { readRecommenderModel } from '../recommender/model.ts';
import { readSearchIndex } from '../search/search-sections.ts';
import { ArtifactError } from './artifact-error.ts';
import { readCatalogColumns } from './catalog-columns.ts';
import { ModelRelease } from './model-release.ts';
import { PackedText } from './packed-text.ts';
import type { SectionArray } from './section-file.ts';

const whole = releaseInMemory(FIXTURE_MOVIES, shippedConfig('default'), generatedHybrid(FIXTURE_MOVIES.length));
const names = sectionNames();
const LARGEST = 0xffff_ffff;

/** Every section that the readers ask for. */
function sectionNames(): string[] {
  const asked = new Set<string>();
  const listening = new Proxy(whole, {
    get(target, key) {
      if (key === 'has') return (name: string) => target.has(name);
      if (key === 'derived') return target.derived.bind(target);
      if (key !== 'get') return Reflect.get(target, key);
      return (name: string, ...types: Parameters<ModelRelease['get']>[1][]) => {
        asked.add(name);
        return target.get(name, ...types);
      };
    },
  });
  readCatalogColumns(listening);
  readRecommenderModel(listening);
  readSearchIndex(listening);
  return [...asked].sort();
}

function sectionOf(name: string): SectionArray {
  return whole.get(name, 'u8', 'u16', 'u32', 'i16', 'i32', 'f32', 'f64');
}

/** The release with one section replaced. Its checksums would be right: whoever makes a section makes them too. */
function releaseWith(replaced: string, section: SectionArray): ModelRelease {
  return new ModelRelease(whole.manifest, new Map(names.map((name) => [name, name === replaced ? section : sectionOf(name)])));
}

function open(release: ModelRelease): void {
  readCatalogColumns(release);
  readRecommenderModel(release);
  readSearchIndex(release);
}

const CHANGES: [what: string, change: (section: SectionArray) => SectionArray][] = [
  ['is empty', (section) => section.slice(0, 0)],
  ['lacks its last element', (section) => section.slice(0, -1)],
  ['begins with the largest number', (section) => withFirst(section, LARGEST)],
  ['ends with the largest number', (section) => withLast(section, LARGEST)],
];

function withFirst(section: SectionArray, value: number): SectionArray {
  const copy = section.slice();
  copy[0] = value;
  return copy;
}

function withLast(section: SectionArray, value: number): SectionArray {
  const copy = section.slice();
  copy[copy.length - 1] = value;
  return copy;
}

describe('sections with right checksums and wrong content', () => {
  it('are all tried', () => {
    expect(names.length).toBeGreaterThan(45);
    expect(names.filter((name) => name.startsWith('taste.'))).toHaveLength(18);
    open(releaseWith('', new Uint8Array()));
  });

  describe.each(CHANGES)('a section that %s', (_what, change) => {
    it.each(names)('%s is refused by name, or does no harm', (name) => {
      try {
        open(releaseWith(name, change(sectionOf(name))));
      } catch (error) {
        expect(error).toBeInstanceOf(ArtifactError);
        expect(String(error)).toMatch(/section (catalog|features|model|taste|search)/);
      }
    });
  });

  it.each([
    [
      'taste.ease.items',
      (items: Uint32Array) => withLast(items, whole.manifest.movieCount),
      /items: \d+ at place \d+, expected to ascend below/,
    ],
    ['taste.fewLikes.items', (items: Uint32Array) => items.toReversed(), /items: \d+ at place 1, expected to ascend/],
    [
      'taste.ease.columnIndices',
      (columns: Uint16Array) => new Uint32Array(columns.length).fill(LARGEST),
      /taste\.ease: row 0 has column 4294967295/,
    ],
    [
      'taste.ease.rowOffsets',
      (offsets: Uint32Array) => new Uint32Array(offsets.length + 1_000_000),
      /taste\.ease: \d+ row offsets, expected/,
    ],
    ['taste.factors', (factors: Int16Array) => new Int16Array(2 * factors.length), /taste\.factors: \d+ entries, expected/],
    ['taste.scales', (scales: Float32Array) => withFirst(scales, -1), /taste\.scales: holds a number below 0/],
    ['taste.gram', (gram: Float32Array) => withLast(gram, Number.NaN), /taste\.gram: holds a number that is not finite/],
    ['taste.popularity', (popularity: Float32Array) => new Float32Array(popularity.length + 1), /taste\.popularity: \d+ entries, expected/],
  ] as [string, (section: SectionArray) => SectionArray, RegExp][])('%s that does not fit is refused', (name, change, message) => {
    expect(() => open(releaseWith(name, change(sectionOf(name))))).toThrow(message);
  });

  it('a manifest whose vectors have more dimensions than the sections is refused before anything is made of that size', () => {
    for (const dimensions of [12, 1_000_000_000]) {
      // The manifest's name for the settings of the ratings models.
      const settings = Object(whole.manifest.taste);
      const manifest = { ...whole.manifest, taste: { ...settings, factors: { ...settings.factors, dimensions } } };
      const release = new ModelRelease(manifest, new Map(names.map((name) => [name, sectionOf(name)])));
      expect(() => open(release)).toThrow(/section taste\.(factors|gram): \d+ entries, expected/);
    }
  });

  it.each([
    [
      'more columns than names',
      (blocks: Uint32Array) => withFirst(blocks, LARGEST),
      /features\.blocks: \d+ columns, but there are \d+ names/,
    ],
    ['more blocks than the config', () => new Uint32Array(1_000_000).fill(LARGEST), /features\.blocks: 1000000 entries/],
    [
      'more parameters than there are',
      (blocks: Uint32Array) => blocks.map((count, n) => (n === 1 ? LARGEST : count)),
      /features\.blocks: \d+ parameters, found \d+/,
    ],
  ] as [string, (blocks: Uint32Array) => SectionArray, RegExp][])('feature blocks with %s are refused', (_what, change, message) => {
    const blocks = whole.get('features.blocks', 'u32');
    expect(() => open(releaseWith('features.blocks', change(blocks)))).toThrow(message);
  });
});

describe('a block of texts', () => {
  const packed = (block: Buffer): PackedText => {
    const bytes = new Uint8Array(zstdCompressSync(block));
    return new PackedText(1, Uint32Array.of(0, bytes.length), bytes);
  };

  it('with more texts than a block has is refused', () => {
    const block = Buffer.alloc(4);
    block.writeUInt32LE(LARGEST);
    expect(() => packed(block).get(0)).toThrow(`a block of ${LARGEST} texts, expected 64 at most`);
  });

  it('that unpacks to more than 16 MB is refused', () => {
    expect(() => packed(Buffer.alloc(16 * 1024 * 1024 + 1)).get(0)).toThrow(/larger than 16777216 bytes/);
  });
});
