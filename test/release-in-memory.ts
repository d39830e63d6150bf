import { readFileSync } from 'node:fs';
import { assembleRelease, fitContent, type HybridTraining } from '../pipeline/training/build-release.ts';
import { ModelRelease } from '../src/engine/artifacts/model-release.ts';
import type { CatalogRow } from '../src/engine/features/catalog-row.ts';
import { type ModelConfig, parseModelConfig } from '../src/engine/recommender/model-config.ts';

/** A config of the folder pipeline/config. */
export function shippedConfig(name: 'default' | 'reference'): ModelConfig {
  const path = new URL(`../pipeline/config/${name}.json`, import.meta.url);
  return parseModelConfig(JSON.parse(readFileSync(path, 'utf8')), name);
}

/** The release that train would write and the server would open, without a disk. */
export function releaseInMemory(
  movies: readonly CatalogRow[],
  config: ModelConfig,
  hybrid?: HybridTraining,
  version = 'test-1',
): ModelRelease {
  const origin = { version, dataset: 'test', builtAt: new Date(0), inputs: {} };
  const { about, sections } = assembleRelease(fitContent(movies, config), origin, hybrid);
  return new ModelRelease({ format: 1, ...about, sections: {} }, new Map(Object.entries(sections)));
}
