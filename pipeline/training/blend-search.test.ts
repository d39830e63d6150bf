import { describe, expect, test, vi } from 'vitest';
import { TopK } from '../../src/engine/linalg/topk.ts';
import type { Blend, BlendWeights } from '../../src/engine/recommender/hybrid/hybrid-config.ts';
import { meanOf } from '../data/mean.ts';
import { seeded } from '../data/random.ts';
import { binaryNdcgAt } from '../evaluation/metrics.ts';
import type { HeldOutUser } from '../evaluation/split.ts';
import { TERMS } from '../models/blend/blend-pools.ts';
import { type BlendOptions, type PartScore, type Parts, searchBlend } from './blend-search.ts';

// A search takes seconds of processor time.
vi.setConfig({ testTimeout: 120_000 });

const MOVIES = 250;
const VIEWERS = 12;
const NOTHING: PartScore = () => {};
/** Movies below 100 are liked by many. */
const LIKES = Uint32Array.from({ length: MOVIES }, (_, row) => (row < 100 ? 400 : 3));
const ONLY = Object.fromEntries(TERMS.map((term) => [term, 0])) as unknown as BlendWeights;
const accurate = ({ settings }: Blend[number]): BlendWeights => settings.find(({ familiar }) => familiar === 0.8) ?? ONLY;
const candidates = Uint32Array.from({ length: MOVIES }, (_, row) => row);

/** Users of four groups: group k likes movies k, k + 4, k + 8 ... below 200. Four of these likes are relevant. */
function users(given: number): HeldOutUser[] {
  return Array.from({ length: VIEWERS }, (_, viewer) => {
    const random = seeded(viewer + 1);
    const liked = Array.from({ length: 50 }, (_, n) => 4 * n + (viewer % 4))
      .map((row) => ({ row, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ row }) => row);
    const told = Uint32Array.from(liked.slice(0, given));
    return {
      userId: viewer + 1,
      foldIn: told,
      relevant: Uint32Array.from(liked.slice(given, given + 4)).sort(),
      excluded: told.slice().sort(),
    };
  });
}

/** Movies below 200 of the group of the likes have score 1, plus some noise. */
const kind: PartScore = (likes, out) => {
  for (let row = 0; row < 200; row++) out[row] += row % 4 === likes[0] % 4 ? 1 : 0;
  noise(7, 0.2)(likes, out);
};

function noise(seed: number, size: number): PartScore {
  return (_, out) => {
    const random = seeded(seed);
    for (let row = 0; row < out.length; row++) out[row] += size * random();
  };
}

function options(parts: Partial<Parts>, cases: HeldOutUser[]): BlendOptions {
  const all = { ...Object.fromEntries(TERMS.map((term) => [term, NOTHING])), ...parts } as Parts;
  return {
    parts: all,
    cases,
    candidates,
    movies: MOVIES,
    likeCounts: LIKES,
    contentSpread: () => 5,
    progress: () => {},
    threads: 0,
    signal: new AbortController().signal,
  };
}

/** The first hundred movies for a profile of the first `likes` fold-in likes, ranked by these weights. */
function ranked({ parts }: BlendOptions, { foldIn, excluded }: HeldOutUser, likes: number, weights: BlendWeights): TopK {
  const total = new Float64Array(MOVIES);
  for (const [name, score] of Object.entries(parts)) {
    const out = new Float64Array(MOVIES);
    score(foldIn.subarray(0, likes), out);
    for (let row = 0; row < MOVIES; row++) total[row] += (weights[name as keyof BlendWeights] ?? 0) * out[row];
  }
  const best = new TopK(100);
  for (const row of candidates) if (!excluded.includes(row)) best.offer(row, total[row]);
  return best;
}

describe('the weights of a blend are chosen', () => {
  test('so that the informative term dominates, for any scale of its scores', async () => {
    const cases = users(10);
    for (const size of [0.001, 1000]) {
      const sized: PartScore = (likes, out) => {
        kind(likes, out);
        for (let row = 0; row < out.length; row++) out[row] *= size;
      };
      const given = options({ factors: sized, ease: noise(1, 1), content: noise(2, 100), popularity: noise(3, 1) }, cases);
      for (const knot of await searchBlend(given)) {
        const { likes } = knot;
        const weights = accurate(knot);
        const ndcg = meanOf(
          cases.map((viewer) => binaryNdcgAt(100, ranked(given, viewer, likes, weights).drain().indices, new Set(viewer.relevant))),
        );
        const alone = meanOf(
          cases.map((viewer) =>
            binaryNdcgAt(100, ranked(given, viewer, likes, { ...ONLY, factors: 1 }).drain().indices, new Set(viewer.relevant)),
          ),
        );
        expect(ndcg).toBeGreaterThanOrEqual(alone);
        expect(ndcg).toBeGreaterThan(0.25);
      }
    }
  });

  test('per profile size: a term that helps only large profiles has no weight for small ones', async () => {
    // Scores the right group for three likes and more, and another group for fewer.
    const late: PartScore = (likes, out) => kind(likes.length < 3 ? likes.map((row) => row + 1) : likes, out);
    const likedByMany: PartScore = (_, out) => out.fill(1, 0, 200);
    const blend = await searchBlend(options({ ease: late, popularity: likedByMany }, users(10)));
    expect(blend.map(({ likes }) => likes)).toEqual([1, 3, 5, 10]);
    expect(accurate(blend[0]).ease).toBe(0);
    for (const knot of blend.slice(1)) expect(accurate(knot).ease).toBeGreaterThan(0);
  });

  test('but content keeps a tenth of its natural size even where it harms: only content ranks movies without ratings', async () => {
    // Scores all other groups, so that any weight harms.
    const wrong: PartScore = (likes, out) => {
      for (let row = 0; row < 200; row++) out[row] += row % 4 === likes[0] % 4 ? 0 : 1;
      noise(8, 0.5)(likes, out);
    };
    for (const knot of await searchBlend(options({ ease: noise(5, 1), content: wrong }, users(10)))) {
      const { ease, content } = accurate(knot);
      expect(content).toBeGreaterThan(0);
      expect(content).toBeLessThan(0.1 * ease);
    }
  });

  test('and scaled to the spread of content alone', async () => {
    const cases = users(10);
    const given = options({ factors: kind, content: noise(2, 1) }, cases);
    const [{ settings }] = await searchBlend(given);
    for (const weights of settings) {
      const spreads = cases.flatMap((viewer) =>
        // Like the search: four profiles of one like.
        [0, 1, 2, 3].map((n) => {
          const { scores } = ranked(given, { ...viewer, foldIn: viewer.foldIn.subarray(n) }, 1, weights).drain();
          return scores[0] - scores[99];
        }),
      );
      expect(meanOf(spreads)).toBeCloseTo(5, 1);
    }
  });

  test('on users with enough likes, with several disjoint profiles of each', async () => {
    const asked = new Map<number, number[][]>();
    const watching: PartScore = (likes, out) => {
      asked.set(likes.length, [...(asked.get(likes.length) ?? []), [...likes]]);
      kind(likes, out);
    };
    const [first, ...others] = users(10);
    const few = others.map((viewer) => ({ ...viewer, foldIn: viewer.foldIn.subarray(0, 2) }));
    await searchBlend(options({ ease: watching }, [first, ...few]));
    expect(asked.get(1)).toEqual([first, ...few].flatMap(({ foldIn }) => [...foldIn.subarray(0, 4)].map((like) => [like])));
    expect(asked.get(3)).toEqual([[...first.foldIn.subarray(0, 3)], [...first.foldIn.subarray(3, 6)], [...first.foldIn.subarray(6, 9)]]);
    expect(asked.get(10)).toEqual([[...first.foldIn]]);
  });

  test('at four settings of familiar, of which 0.8 is the most accurate and each keeps its share of that', async () => {
    const cases = users(10);
    const given = options({ factors: kind, content: noise(2, 1), tilt: (_, out) => out.fill(1, 0, 100) }, cases);
    for (const { likes, settings } of await searchBlend(given)) {
      expect(settings.map(({ familiar }) => familiar)).toEqual([0, 0.5, 0.8, 1]);
      const ndcgOf = (weights: BlendWeights): number =>
        meanOf(
          cases.flatMap((viewer) =>
            Array.from({ length: Math.min(4, Math.floor(viewer.foldIn.length / likes)) }, (_, n) => {
              const told = { ...viewer, foldIn: viewer.foldIn.subarray(n * likes, (n + 1) * likes) };
              return binaryNdcgAt(100, ranked(given, told, likes, weights).drain().indices, new Set(viewer.relevant));
            }),
          ),
        );
      const [gems, neutral, best, known] = settings.map(ndcgOf);
      expect(gems).toBeGreaterThan(0.7 * best);
      expect(neutral).toBeGreaterThan(0.9 * best);
      expect(known).toBeGreaterThan(0.94 * best);
      expect(settings.map(({ tilt }) => Math.sign(tilt))).toEqual([-1, -1, 0, 1]);
    }
  });

  test('so that content beside the other terms never falls on the way to hidden gems', async () => {
    const noisy = (seed: number, size: number): PartScore => {
      return (likes, out) => {
        kind(likes, out);
        noise(seed, size)(likes, out);
      };
    };
    // Of larger profiles these have the best second objective at 0 with less content than at 0.5.
    const given = options({ factors: noisy(8, 1.5), content: noisy(28, 2), tilt: (_, out) => out.fill(1, 0, 100) }, users(10));
    const blend = await searchBlend(given);
    expect(blend.map(({ likes }) => likes)).toEqual([1, 3, 5, 10]);
    for (const { settings } of blend) {
      const shares = settings.map(({ content, factors }) => content / factors);
      for (const n of [1, 2, 3]) expect(shares[n]).toBeLessThanOrEqual(shares[n - 1] + 1e-9);
    }
  });

  test('the same to the last bit with any number of threads', async () => {
    const parts = { ease: kind, factors: noise(4, 1), content: noise(2, 1), popularity: noise(3, 1), tilt: noise(6, 1) };
    const given = (threads: number): BlendOptions => ({ ...options(parts, users(10)), threads });
    const expected = await searchBlend(given(0));
    expect(expected).toHaveLength(4);
    for (const threads of [0, 1, 2, 3]) expect(await searchBlend(given(threads))).toEqual(expected);
  });
});

test('an interrupted search ends with the reason, on threads too, and scores no further profile', async () => {
  for (const threads of [0, 2]) {
    const stop = new AbortController();
    let scored = 0;
    const interrupting: PartScore = (likes, out) => {
      kind(likes, out);
      if (++scored === 60) stop.abort(new Error('told to stop'));
    };
    const given = { ...options({ ease: interrupting }, users(10)), threads, signal: stop.signal };
    await expect(searchBlend(given)).rejects.toThrow('told to stop');
    // A user has four profiles of one like or three of three.
    expect(scored).toBeLessThan(64);
  }
});

test('a term that fails ends the search with its error', async () => {
  const failing: PartScore = (likes) => {
    if (likes.length === 3) throw new Error('no such movie');
  };
  await expect(searchBlend({ ...options({ ease: failing }, users(10)), threads: 2 })).rejects.toThrow('no such movie');
});
