import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assembleRelease, fitContent } from '../../../../pipeline/training/build-release.ts';
import { generatedHybrid } from '../../../../test/generated-collaborative-model.ts';
import { generatedMovies } from '../../../../test/generated-movies.ts';
import { generatedSecondLook } from '../../../../test/generated-second-look.ts';
import { shippedConfig } from '../../../../test/release-in-memory.ts';
import { ModelRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';
import { MOVIE_INPUTS, readSecondLook, VIEWER_INPUTS, ViewerCorrection } from './second-look.ts';

const INPUTS = MOVIE_INPUTS.length;
const { weights } = generatedSecondLook(new Int16Array());
const number = fc.double({ min: -3, max: 3, noNaN: true });
const inputsOf = (length: number) => fc.array(number, { minLength: length, maxLength: length });

/** The correction of one movie, from its definition. */
function byDefinition(viewer: readonly number[], inputs: readonly number[]): number {
  const z = (h: number, x: readonly number[]): number =>
    weights.bias[h] +
    viewer.reduce((sum, value, v) => sum + value * weights.viewer[h * VIEWER_INPUTS.length + v], 0) +
    x.reduce((sum, value, k) => sum + value * weights.movie[h * INPUTS + k], 0);
  const nothing = inputs.map(() => 0);
  const units = Array.from(weights.output, (output, h) => output * (Math.max(0, z(h, inputs)) - Math.max(0, z(h, nothing))));
  return units.reduce((a, b) => a + b, 0) + inputs.reduce((sum, value, k) => sum + value * weights.linear[k], 0);
}

function correctionOf(correction: ViewerCorrection, inputs: readonly number[]): number {
  const out = new Float64Array(1);
  correction.write(Float64Array.from(inputs), out);
  return out[0];
}

describe('the network of the second look', () => {
  test('is that of its definition, and its slopes times the inputs add up to it', () => {
    fc.assert(
      fc.property(inputsOf(VIEWER_INPUTS.length), inputsOf(INPUTS), (viewer, inputs) => {
        const correction = new ViewerCorrection(weights, viewer);
        const value = correctionOf(correction, inputs);
        expect(value).toBeCloseTo(byDefinition(viewer, inputs), 9);
        expect(correction.slopes(inputs).reduce((sum, slope, k) => sum + slope * inputs[k], 0)).toBeCloseTo(value, 9);
      }),
    );
  });

  test('each slope is the mean partial derivative on the path from nothing known', () => {
    const viewer = [1.1, 0.4, 0.2];
    const inputs = [0.6, -1.2, 0.9, 2, -0.7, 0.3, 1.5, 0.8];
    const correction = new ViewerCorrection(weights, viewer);
    const steps = 4000;
    const size = 1e-6;
    const means = inputs.map((_, k) => {
      let sum = 0;
      for (let step = 0; step < steps; step++) {
        const at = inputs.map((value) => (value * (step + 0.5)) / steps);
        const moved = at.with(k, at[k] + size);
        sum += (correctionOf(correction, moved) - correctionOf(correction, at)) / size;
      }
      return sum / steps;
    });
    correction.slopes(inputs).forEach((slope, k) => {
      expect(slope).toBeCloseTo(means[k], 3);
    });
  });

  test('corrects nothing for a movie of which nothing is known', () => {
    expect(correctionOf(new ViewerCorrection(weights, [1, 2, 3]), new Array(INPUTS).fill(0))).toBe(0);
  });
});

describe('a release with a second look', () => {
  const content = fitContent(generatedMovies(40), shippedConfig('default'));
  const secondLook = generatedSecondLook(content.columns.years);
  const trained = generatedHybrid(40);
  const collaborative = { ...trained.collaborative, secondLook };
  const origin = { version: 'rerank-1', dataset: 'test', builtAt: new Date(0), inputs: {} };
  const { about, sections } = assembleRelease(content, origin, { ...trained, collaborative });
  const releaseWith = (parts: Record<string, SectionArray>): ModelRelease =>
    new ModelRelease({ format: 1, ...about, sections: {} }, new Map(Object.entries({ ...sections, ...parts })));

  test('reads what was written', () => {
    expect(readSecondLook(releaseWith({}))).toEqual(secondLook);
  });

  test('a release of before it has none', () => {
    const before = assembleRelease(content, origin, trained).sections;
    expect(readSecondLook(new ModelRelease({ format: 1, ...about, sections: {} }, new Map(Object.entries(before))))).toBeUndefined();
  });

  test.each<[string, Record<string, SectionArray>, string]>([
    ['more units than a request may cost', { 'rerank.bias': new Float32Array(65) }, 'section rerank.bias: 65 entries, expected 1 to 64'],
    ['no unit', { 'rerank.bias': new Float32Array(0) }, 'section rerank.bias: 0 entries, expected 1 to 64'],
    ['weights of other inputs', { 'rerank.movie': new Float32Array(3) }, 'section rerank.movie: 3 entries, expected 96'],
    ['weights of another type', { 'rerank.viewer': new Float64Array(36) }, 'section rerank.viewer: holds f64, expected f32'],
    [
      'a number that is not finite',
      { 'rerank.linear': new Float32Array(INPUTS).fill(Number.NaN) },
      'section rerank.linear: holds a number that is not finite',
    ],
  ])('with %s is refused', (_, parts, message) => {
    expect(() => readSecondLook(releaseWith(parts))).toThrow(message);
  });
});
