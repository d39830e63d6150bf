import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprintText, type RatingsModelsConfig, readRatingsModelsConfig } from './ratings-models-config.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ratings-models-'));
  path = join(folder, 'mine.json');
});
afterEach(() => rm(folder, { recursive: true }));

const shipped = async () => JSON.parse(await readFile(new URL('../config/ratings-models.json', import.meta.url), 'utf8'));
const read = async (config: unknown) => {
  await writeFile(path, JSON.stringify(config));
  return readRatingsModelsConfig(path);
};

describe('the config of the ratings models', () => {
  test('is read as it is written, in any order of keys', async () => {
    const config = await shipped();
    expect(await readRatingsModelsConfig()).toEqual(config);
    expect(await read(Object.fromEntries(Object.entries(config).reverse()))).toEqual(config);
  });

  test.each([
    ['fewLikes', 'sparseProfileEase'],
    ['ease.lesser', 'ratingWeights'],
    ['ials.ratingWeights.middling', 'neutral'],
    ['ials.ratingWeights.low', 'negative'],
    ['ease.activity', 'userWeightExponent'],
    ['ials.exponent', 'regularizationExponent'],
    ['ials.deviation', 'initStd'],
    ['coldFactors.confidence', 'itemWeightExponent'],
    ['coldFactors.reception', 'voteFeatures'],
    ['coldFactors.priorLikes', 'shrinkage'],
  ])('with the former key %s is refused with the new key %s', async (former, current) => {
    const config = await shipped();
    const place = former.split('.');
    const key = place.pop() ?? '';
    let inner = config;
    for (const name of place) inner = inner[name];
    inner[key] = inner[current];
    delete inner[current];
    await expect(read(config)).rejects.toThrow(`${path}: renamed keys, write the new names: ${former} is now ${current}`);
  });

  test('with an unknown key, a missing file or other text is one clear error', async () => {
    await expect(read({ ...(await shipped()), colour: 1 })).rejects.toThrow(/^.*mine\.json: \(root\): .*"colour"/);
    await expect(readRatingsModelsConfig(join(folder, 'none.json'))).rejects.toThrow('none.json: there is no such config');
    await writeFile(path, '{');
    await expect(readRatingsModelsConfig(path)).rejects.toThrow('mine.json: not JSON');
  });

  test('has the fingerprint of the releases that were trained before its keys were renamed', async () => {
    const { coLikes: _, ...former } = await readRatingsModelsConfig();
    const hash = createHash('sha256')
      .update(fingerprintText(former as RatingsModelsConfig))
      .digest('hex');
    expect(hash).toBe('b747ecad2768b61ecc38c016fc085936c619d0afdf404cdf79bcf5d5b0f26a35');
  });
});
