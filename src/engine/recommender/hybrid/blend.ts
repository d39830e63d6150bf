import type { Blend, BlendWeights } from './hybrid-config.ts';

/**
 * The weights for somebody of whom so many likes are known: linear in ln(1 + likes) between the blend's knots, those of the outermost knot beyond. What
 * EASE says is a sum that grows with the likes, while what iALS says is solved for and does not: EASE's weights are of `evidence` of the likes.
 */
export function weightsAt(blend: Blend, likes: number): BlendWeights {
  let above = 0;
  while (above < blend.length && blend[above].likes < likes) above++;
  const upper = blend[Math.min(above, blend.length - 1)];
  const lower = blend[Math.max(Math.min(above, blend.length) - 1, 0)];
  const span = Math.log1p(upper.likes) - Math.log1p(lower.likes);
  const share = span > 0 ? (Math.log1p(likes) - Math.log1p(lower.likes)) / span : 0;
  const mix = (a: number, b: number): number => a + share * (b - a);
  const each = likeNormalizer(likes);
  return {
    ease: each * mix(lower.ease, upper.ease),
    fewLikes: each * mix(lower.fewLikes, upper.fewLikes),
    factors: mix(lower.factors, upper.factors),
    content: mix(lower.content, upper.content),
    popularity: mix(lower.popularity, upper.popularity),
  };
}

/** What each of so many likes counts in a sum over them: 1 / √likes. */
export function likeNormalizer(likes: number): number {
  return 1 / Math.sqrt(Math.max(likes, 1));
}

/**
 * How well known what somebody likes is: the mean of their likes' popularity. What is popular says the more of what else they like, the more popular what
 * they like is: a hybrid's popularity is multiplied with it.
 */
export function meanPopularity(popularity: Float32Array, likes: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < likes.length; n++) sum += popularity[likes[n]];
  return likes.length === 0 ? 0 : sum / likes.length;
}
