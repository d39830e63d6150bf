import { describe, expect, it } from 'vitest';
import type { Ranking } from '../../engine/recommender/recommender.ts';
import { RankingCache, type RankingPage, type RemoteRankings } from './ranking-cache.ts';
import { RankingEntry } from './ranking-entry.ts';

const TOTAL = 1_000;

/** A ranking whose movies are their own places, and a count of how often it was computed. */
function rankingOf(total = TOTAL) {
  const asked: [offset: number, limit: number][] = [];
  const compute = (offset: number, limit: number): Ranking => {
    asked.push([offset, limit]);
    const length = Math.max(0, Math.min(limit, total - offset));
    const movies = Array.from({ length }, (_, n) => ({
      index: offset + n,
      score: 1 / (1 + offset + n),
      contributions: [{ kind: 'LIKED_MOVIE' as const, subject: 4, value: 1 / (1 + offset + n) }],
    }));
    return { total, movies };
  };
  return { asked, compute };
}

function watched(options: { memoryBytes?: number; remote?: RemoteRankings; now?: () => number } = {}) {
  const outcomes: string[] = [];
  const cache = new RankingCache({ memoryBytes: 1e6, metrics: { cachePage: (outcome) => outcomes.push(outcome) }, ...options });
  return { cache, outcomes };
}

/** What servers share, without a server: the tests of the real one are in test/redis-failures.test.ts. */
function sharedMap() {
  const map = new Map<string, Buffer>();
  const remote: RemoteRankings = {
    layer: 'redis',
    get: async (key) => map.get(key),
    set: (key, value) => void map.set(key, value),
  };
  return { map, remote };
}

const page = (offset: number, limit = 20, key = 'key'): RankingPage => ({ key, offset, limit, contributions: 1 });

describe('the ranking cache', () => {
  it('keeps what is asked for a second time, and serves every page of it from one entry', async () => {
    const { cache, outcomes } = watched();
    const { asked, compute } = rankingOf();
    for (const offset of [0, 0, 0, 20, 180, 40]) {
      expect(await cache.page(page(offset), compute)).toEqual(rankingOf().compute(offset, 20));
    }
    expect(outcomes).toEqual(['rare', 'computed', 'memory', 'memory', 'memory', 'memory']);
    expect(asked).toEqual([
      [0, 20],
      [0, 200],
    ]);
    expect(cache.entries).toBe(1);
  });

  it('keeps nothing of what is asked for once', async () => {
    const { cache, outcomes } = watched();
    for (let n = 0; n < 50; n++) await cache.page(page(0, 20, `key-${n}`), rankingOf().compute);
    expect(new Set(outcomes)).toEqual(new Set(['rare']));
    expect(cache.entries).toBe(0);
    expect(cache.bytes).toBe(0);
  });

  it('keeps nothing of what is asked for again much later', async () => {
    let now = 0;
    const { cache, outcomes } = watched({ now: () => now });
    for (let n = 0; n < 3; n++) {
      await cache.page(page(0), rankingOf().compute);
      now += 3_600_000;
    }
    expect(outcomes).toEqual(['rare', 'rare', 'rare']);
  });

  it('keeps what is asked for again before two windows of ten minutes have passed', async () => {
    for (const [later, outcome] of [
      [1_199_999, 'computed'],
      [1_200_000, 'rare'],
    ] as const) {
      let now = 0;
      const { cache, outcomes } = watched({ now: () => now });
      await cache.page(page(0), rankingOf().compute);
      now = later;
      await cache.page(page(0), rankingOf().compute);
      expect(outcomes).toEqual(['rare', outcome]);
    }
  });

  it('keeps 200 movies: a page that ends there enters, and one that ends beyond never does', async () => {
    for (const [offset, outcome] of [
      [180, 'computed'],
      [181, 'deep'],
    ] as const) {
      const { cache, outcomes } = watched();
      const { compute } = rankingOf();
      await cache.page(page(offset), compute);
      expect(await cache.page(page(offset), compute)).toEqual(rankingOf().compute(offset, 20));
      expect(outcomes.at(-1)).toBe(outcome);
    }
  });

  it('weighs its bytes and those of the key', async () => {
    const { cache } = watched();
    for (let n = 0; n < 2; n++) await cache.page(page(0), rankingOf().compute);
    expect(cache.bytes).toBe(20 + 200 * 16 + 200 * 13 + 'key'.length);
  });

  it('computes pages behind what it keeps', async () => {
    const { cache, outcomes } = watched();
    const { asked, compute } = rankingOf();
    for (const offset of [0, 0, 190, 500]) {
      expect(await cache.page(page(offset), compute)).toEqual(rankingOf().compute(offset, 20));
    }
    expect(outcomes).toEqual(['rare', 'computed', 'deep', 'deep']);
    expect(asked.slice(2)).toEqual([
      [190, 20],
      [500, 20],
    ]);
  });

  it('serves a list that it keeps whole to its end and behind it', async () => {
    const { cache, outcomes } = watched();
    const { compute } = rankingOf(30);
    for (const offset of [0, 0, 20, 100]) expect(await cache.page(page(offset), compute)).toEqual(rankingOf(30).compute(offset, 20));
    expect(outcomes).toEqual(['rare', 'computed', 'memory', 'memory']);
  });

  it('keeps fewer movies of a ranking that has many contributions a movie', async () => {
    const { cache, outcomes } = watched();
    const { asked, compute } = rankingOf();
    for (let n = 0; n < 3; n++) await cache.page({ ...page(0, 10), contributions: 500 }, compute);
    expect(asked[1]).toEqual([0, 20]);
    await cache.page({ ...page(0, 100), contributions: 500 }, compute);
    expect(outcomes).toEqual(['rare', 'computed', 'memory', 'deep']);
  });

  it('stays within its bytes, and drops what was not used for longest', async () => {
    const { cache, outcomes } = watched({ memoryBytes: 50_000 });
    const { compute } = rankingOf();
    const ask = async (key: string): Promise<void> => void (await cache.page(page(0, 20, key), compute));
    for (let n = 0; n < 40; n++) {
      for (let again = 0; again < 2; again++) await ask(`key-${n}`);
      expect(cache.bytes).toBeLessThanOrEqual(50_000);
      await ask('key-0');
    }
    expect(cache.entries).toBe(8);
    outcomes.length = 0;
    await ask('key-0');
    await ask('key-39');
    await ask('key-1');
    expect(outcomes).toEqual(['memory', 'memory', 'computed']);
  });

  it('computes once for many who ask at the same time', async () => {
    let answer = (): void => undefined;
    const slow = new Promise<undefined>((resolve) => {
      answer = () => resolve(undefined);
    });
    const { cache, outcomes } = watched({ remote: { layer: 'redis', get: () => slow, set: () => undefined } });
    const { asked, compute } = rankingOf();
    await cache.page(page(0), compute);
    const pages = Promise.all(Array.from({ length: 10 }, (_, n) => cache.page(page(n * 20), compute)));
    answer();
    (await pages).forEach((got, n) => {
      expect(got).toEqual(rankingOf().compute(n * 20, 20));
    });
    expect(asked).toEqual([
      [0, 20],
      [0, 200],
    ]);
    expect(outcomes.filter((outcome) => outcome === 'shared')).toHaveLength(9);
  });

  it('tells everybody who waited when computing fails, and tries again for the next', async () => {
    const { cache } = watched({ remote: sharedMap().remote });
    const { compute } = rankingOf();
    await cache.page(page(0), compute);
    const failing = (): never => {
      throw new Error('out of time');
    };
    const both = await Promise.allSettled([cache.page(page(0), failing), cache.page(page(0), failing)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await cache.page(page(0), compute)).toEqual(rankingOf().compute(0, 20));
  });

  it('takes from another server what that one computed', async () => {
    const { map, remote } = sharedMap();
    const [one, other] = [watched({ remote }), watched({ remote })];
    const { asked, compute } = rankingOf();
    for (let n = 0; n < 2; n++) await one.cache.page(page(0), compute);
    for (let n = 0; n < 3; n++) expect(await other.cache.page(page(20), compute)).toEqual(rankingOf().compute(20, 20));
    expect(other.outcomes).toEqual(['rare', 'redis', 'memory']);
    expect(asked).toHaveLength(3);
    expect(map.size).toBe(1);
  });

  it('uses keys of Redis that servers of other releases know, and writes what it computed and nothing else', async () => {
    const { map, remote } = sharedMap();
    let written = 0;
    const counting: RemoteRankings = {
      layer: 'redis',
      get: remote.get,
      set: (key, value) => {
        written++;
        remote.set(key, value);
      },
    };
    for (const { cache } of [watched({ remote: counting }), watched({ remote: counting })])
      for (let n = 0; n < 3; n++) await cache.page(page(0), rankingOf().compute);
    expect([...map.keys()]).toEqual(['cinematch:ranking:1-1mewjq1:key']);
    expect(written).toBe(1);
  });

  it('does not take an entry that holds fewer movies than it keeps', async () => {
    const { map, remote } = sharedMap();
    const one = watched({ remote });
    for (let n = 0; n < 2; n++) await one.cache.page(page(0), rankingOf().compute);
    const [[key, good]] = map;
    for (const [length, outcome] of [
      [199, 'computed'],
      [200, 'redis'],
    ] as const) {
      map.set(key, RankingEntry.of(rankingOf().compute(0, length)).bytes);
      const { cache, outcomes } = watched({ remote });
      for (let n = 0; n < 2; n++) await cache.page(page(0), rankingOf().compute);
      expect(outcomes).toEqual(['rare', outcome]);
      expect(map.get(key)).toEqual(good);
    }
  });

  it('does not believe what it finds: other bytes, a damaged entry, an entry that is too short', async () => {
    const { map, remote } = sharedMap();
    const { compute } = rankingOf();
    const first = watched({ remote });
    for (let n = 0; n < 2; n++) await first.cache.page(page(0), compute);
    const [[key, good]] = map;
    for (const rubbish of [Buffer.from('rubbish'), Buffer.alloc(0), good.subarray(0, 100), Buffer.alloc(good.length, 1)]) {
      map.set(key, rubbish);
      const { cache, outcomes } = watched({ remote });
      for (let n = 0; n < 2; n++) expect(await cache.page(page(0), compute)).toEqual(rankingOf().compute(0, 20));
      expect(outcomes).toEqual(['rare', 'computed']);
      expect(map.get(key)).toEqual(good);
    }
  });

  it('is off with no memory', async () => {
    const { map, remote } = sharedMap();
    const { cache, outcomes } = watched({ memoryBytes: 0, remote });
    expect([cache.bytes, cache.entries]).toEqual([0, 0]);
    for (let n = 0; n < 3; n++) await cache.page(page(0), rankingOf().compute);
    expect(outcomes).toEqual(['rare', 'rare', 'rare']);
    expect(map.size).toBe(0);
  });
});
