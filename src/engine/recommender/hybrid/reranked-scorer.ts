import { type Contribution, toContributions } from '../contributions.ts';
import { NEUTRAL } from '../profile.ts';
import type { RankedRows, Scorer } from '../scorer.ts';
import type { HybridScorer } from './hybrid-scorer.ts';
import { MOVIE_INPUTS, type SecondLook, ViewerCorrection } from './second-look.ts';
import { SecondLookFeatures } from './second-look-features.ts';

/** Movies that the hybrid proposes. A page that ends behind them goes on in the hybrid's order. */
export const CANDIDATES = 300;

const POPULARITY = MOVIE_INPUTS.indexOf('popularity');

/**
 * Weight of the correction at a setting of `familiar`: 1 when neutral, for which it is trained, and 0 at both ends, which are less
 * accurate on purpose.
 */
export function secondLookWeight(familiar: number = NEUTRAL): number {
  return 1 - Math.abs(familiar - NEUTRAL) / NEUTRAL;
}

/**
 * The learned second look: a small network corrects the scores of a hybrid.
 *
 *   score_j = hybrid score_j + weight × correction_j
 *
 * `weight` is secondLookWeight, `correction_j` that of ViewerCorrection. It depends on the viewer's likes and on movie j alone. So a movie has
 * the same score in every list. `topK` orders the hybrid's first CANDIDATES by this score; movies behind them keep the hybrid's order.
 */
export class RerankedScorer implements Scorer {
  readonly #hybrid: HybridScorer;
  readonly #features: SecondLookFeatures;
  readonly #correction: ViewerCorrection;
  readonly #weight: number;
  /** Rows and inputs of the last call of `score` or `topK`. */
  #rows: Uint32Array = new Uint32Array();
  #inputs: Float64Array = new Float64Array();

  /** `scratch` has one entry a movie. Several scorers may share it. */
  constructor(hybrid: HybridScorer, { weights, years }: SecondLook, scratch: Float64Array) {
    const { workspace, profile, likedTerms } = hybrid;
    this.#hybrid = hybrid;
    this.#features = new SecondLookFeatures(workspace, profile, years, likedTerms, scratch);
    this.#correction = new ViewerCorrection(weights, this.#features.viewer);
    this.#weight = secondLookWeight(profile.familiar);
  }

  score(rows: Uint32Array, scores: Float64Array): void {
    this.#hybrid.score(rows, scores);
    this.#corrections(rows).forEach((correction, n) => {
      scores[n] += correction;
    });
  }

  topK(rows: Uint32Array, k: number): RankedRows {
    const { indices, scores } = this.#hybrid.topK(rows, Math.max(k, CANDIDATES));
    const corrected = this.#corrections(indices).map((correction, n) => scores[n] + correction);
    const order = Uint32Array.from(indices.keys());
    order.subarray(0, CANDIDATES).sort((a, b) => corrected[b] - corrected[a] || indices[a] - indices[b]);
    const first = order.subarray(0, k);
    return { indices: first.map((n) => indices[n]), scores: Float64Array.from(first, (n) => corrected[n]) };
  }

  explain(row: number): Contribution[] {
    const parts = this.#hybrid.partsOf(row);
    const n = this.#rows.indexOf(row);
    const inputs = this.#inputs.subarray(n * MOVIE_INPUTS.length, (n + 1) * MOVIE_INPUTS.length);
    const slopes = this.#correction.slopes(inputs).map((slope) => this.#weight * slope);
    const ofPopularity = slopes[POPULARITY] * inputs[POPULARITY];
    parts.popularity += ofPopularity;
    // Scores come from vectors of 16 bits, attributions from a solution in 32 bits. The like with the largest attribution gets the rest.
    let rest = this.#correctionsOf(inputs)[0] - ofPopularity;
    let largest = 0;
    const liked = this.#features.attributions(row, slopes);
    liked.forEach((value, like) => {
      parts.liked[like] += value;
      rest -= value;
      if (Math.abs(value) > Math.abs(liked[largest])) largest = like;
    });
    parts.liked[largest] += rest;
    return toContributions(this.#hybrid.profile, parts);
  }

  #corrections(rows: Uint32Array): Float64Array {
    this.#rows = rows.slice();
    this.#inputs = this.#features.of(rows);
    return this.#correctionsOf(this.#inputs);
  }

  #correctionsOf(inputs: Float64Array): Float64Array {
    const corrections = new Float64Array(inputs.length / MOVIE_INPUTS.length);
    this.#correction.write(inputs, corrections);
    return corrections.map((correction) => this.#weight * correction);
  }
}
