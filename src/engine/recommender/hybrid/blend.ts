import type { ContentModel } from '../content/content-model.ts';
import { intraListSimilarity } from '../content/intra-list-similarity.ts';
import { NEUTRAL } from '../profile.ts';
import type { Blend, BlendWeights } from './hybrid-config.ts';

/**
 * The weights of a blend for a viewer with this number of likes, at a setting of `familiar` (0 hidden gems, 1 well known). Between two
 * knots a weight is linear in ln(1 + likes), between two settings it is linear in `familiar`; outside it is that of the nearest. The
 * weights of sums over the likes are multiplied by a normalizer: `likeNormalizer(likes)` for EASE, and 1 / likes for the means.
 */
export function weightsAt(blend: Blend, likes: number, familiar: number = NEUTRAL): BlendWeights {
  const [below, above, position] = neighbours(blend, (knot) => Math.log1p(knot.likes), Math.log1p(likes));
  const mixed = mix(settingAt(below, familiar), settingAt(above, familiar), position);
  const normalizer = likeNormalizer(likes);
  return {
    ...mixed,
    ease: normalizer * mixed.ease,
    fewLikes: normalizer * mixed.fewLikes,
    coLikes: mixed.coLikes / Math.max(likes, 1),
    itemSimilarity: mixed.itemSimilarity / Math.max(likes, 1),
  };
}

function settingAt({ settings }: Blend[number], familiar: number): BlendWeights {
  const [below, above, position] = neighbours(settings, (setting) => setting.familiar, familiar);
  return mix(below, above, position);
}

/** The entries on both sides of `value`, and how far it is on the way from the first to the second, 0 to 1. Entries ascend by `of`. */
function neighbours<T>(entries: readonly T[], of: (entry: T) => number, value: number): [T, T, number] {
  let above = 0;
  while (above < entries.length && of(entries[above]) < value) above++;
  const upper = entries[Math.min(above, entries.length - 1)];
  const lower = entries[Math.max(Math.min(above, entries.length) - 1, 0)];
  const distance = of(upper) - of(lower);
  return [lower, upper, distance > 0 ? Math.min((value - of(lower)) / distance, 1) : 0];
}

function mix(a: BlendWeights, b: BlendWeights, position: number): BlendWeights {
  const at = (name: keyof BlendWeights): number => a[name] + position * (b[name] - a[name]);
  return {
    ease: at('ease'),
    fewLikes: at('fewLikes'),
    factors: at('factors'),
    coLikes: at('coLikes'),
    itemSimilarity: at('itemSimilarity'),
    content: at('content'),
    popularity: at('popularity'),
    tilt: at('tilt'),
  };
}

/** Weight of each like in a sum over the likes: 1 / √likes; 1 without likes. */
export function likeNormalizer(likes: number): number {
  return 1 / Math.sqrt(Math.max(likes, 1));
}

/**
 * Mean popularity of a viewer's likes, weighted by `weights` with mean 1; 0 without likes. Multiplies the popularity term of a hybrid
 * score: viewers who like popular movies like more of them.
 */
export function meanPopularity(popularity: Float32Array, likes: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < likes.length; n++) sum += (weights?.[n] ?? 1) * popularity[likes[n]];
  return likes.length === 0 ? 0 : sum / likes.length;
}

/**
 * Factor of the content term of a hybrid score: the square of the likes' intra-list similarity, 0 to 1. Features say little about a viewer
 * whose likes have little in common. `zeros` is a zeroed vector with one entry a feature column; it is zero again on return.
 */
export function contentWeight(model: ContentModel, likes: ArrayLike<number>, zeros: Float64Array): number {
  return intraListSimilarity(model, likes, zeros) ** 2;
}
