import type { ContentModel } from '../content/content-model.ts';
import { intraListSimilarity } from '../content/intra-list-similarity.ts';
import type { Blend, BlendWeights } from './hybrid-config.ts';

/**
 * The weights of a blend for a viewer with this number of likes. Between two knots a weight is linear in ln(1 + likes); outside the knots
 * it is that of the nearest knot. The two EASE weights are multiplied by `likeNormalizer(likes)`: EASE adds up over the likes, while iALS
 * solves for them.
 */
export function weightsAt(blend: Blend, likes: number): BlendWeights {
  let above = 0;
  while (above < blend.length && blend[above].likes < likes) above++;
  const upper = blend[Math.min(above, blend.length - 1)];
  const lower = blend[Math.max(Math.min(above, blend.length) - 1, 0)];
  const distance = Math.log1p(upper.likes) - Math.log1p(lower.likes);
  const position = distance > 0 ? (Math.log1p(likes) - Math.log1p(lower.likes)) / distance : 0;
  const mix = (a: number, b: number): number => a + position * (b - a);
  const normalizer = likeNormalizer(likes);
  return {
    ease: normalizer * mix(lower.ease, upper.ease),
    fewLikes: normalizer * mix(lower.fewLikes, upper.fewLikes),
    factors: mix(lower.factors, upper.factors),
    content: mix(lower.content, upper.content),
    popularity: mix(lower.popularity, upper.popularity),
  };
}

/** Weight of each like in a sum over the likes: 1 / √likes; 1 without likes. */
export function likeNormalizer(likes: number): number {
  return 1 / Math.sqrt(Math.max(likes, 1));
}

/**
 * Mean popularity of a viewer's likes; 0 without likes. Multiplies the popularity term of a hybrid score: the more popular the likes are,
 * the more likely are popular movies among the viewer's other likes.
 */
export function meanPopularity(popularity: Float32Array, likes: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < likes.length; n++) sum += popularity[likes[n]];
  return likes.length === 0 ? 0 : sum / likes.length;
}

/**
 * Factor of the content term of a hybrid score: the square of the likes' intra-list similarity, 0 to 1. Features say little about a viewer
 * whose likes have little in common. `zeros` is a zeroed vector with one entry a feature column; it is zero again on return.
 */
export function contentWeight(model: ContentModel, likes: ArrayLike<number>, zeros: Float64Array): number {
  return intraListSimilarity(model, likes, zeros) ** 2;
}
