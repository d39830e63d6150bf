import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Results } from '../pipeline/evaluation/results.ts';
import { evaluate } from '../pipeline/stages/evaluate.ts';
import { recordingContext } from '../pipeline/testing/recording-context.ts';

// MovieLens ratings may not be redistributed, so the test runs when CINEMATCH_RAW names the folder.
const raw = process.env.CINEMATCH_RAW;

describe.skipIf(raw === undefined)('models measured on MovieLens 1M, 1,000 held-out users', () => {
  let out: string;
  let results: Results;

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'cinematch-ratings-'));
    const options = {
      protocol: 'strong',
      testRatings: undefined,
      catalog: undefined,
      heldOut: 1000,
      users: 'test',
      seed: 1,
      out,
    } as const;
    results = await evaluate(
      { ...options, ratings: join(raw ?? '', 'ml-1m/ratings-5040-users.csv.gz'), models: ['popularity', 'item-knn'] },
      recordingContext(),
    );
  }, 120_000);

  afterAll(() => rm(out, { recursive: true, force: true }));

  test('popularity agrees with an independent implementation, and keeps its figures to the last digit', () => {
    const { accuracy } = results.models[0];
    // A plain script over all 5,035 users gives .1691, .2409, .2148 and .1498. The standard error of 1,000 users is about .005.
    expect(accuracy.all['recall@20'].mean).toBeCloseTo(0.1612012524068638, 12);
    expect(accuracy.all['recall@50'].mean).toBeCloseTo(0.2320598583383602, 12);
    expect(accuracy.all['ndcg@100'].mean).toBeCloseTo(0.2047087549009969, 12);
    expect(accuracy.all['ndcg@10'].mean).toBeCloseTo(0.1419254298948421, 12);
    expect(accuracy['1']).toEqual(accuracy.all);
  });

  test('item-knn is far better than popularity with all likes and worse with one', () => {
    const { accuracy, overPopularity, beyond } = results.models[1];
    expect(accuracy.all['ndcg@100'].mean / results.models[0].accuracy.all['ndcg@100'].mean).toBeGreaterThan(1.6);
    expect(overPopularity['1'].high).toBeLessThan(0);
    expect(beyond.coverage).toBeGreaterThan(results.models[0].beyond.coverage * 5);
  });
});
