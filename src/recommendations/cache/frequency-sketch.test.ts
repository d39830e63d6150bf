import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrequencySketch } from './frequency-sketch.ts';

describe('the frequency sketch', () => {
  it('counts how often a key was asked for', () => {
    const sketch = new FrequencySketch(1_024, 1_000, 0);
    expect([1, 2, 3].map(() => sketch.count('popular', 0))).toEqual([1, 2, 3]);
    expect(sketch.count('other', 0)).toBe(1);
  });

  it('never counts too few', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 200 }), (keys) => {
        const sketch = new FrequencySketch(1_024, 1_000, 0);
        for (const key of keys) sketch.count(key, 0);
        for (const key of keys) expect(sketch.count(key, 0)).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it('takes few keys that were asked for once for popular', () => {
    const sketch = new FrequencySketch(4_096, 1_000, 0);
    for (let n = 0; n < 1_000; n++) sketch.count(`before-${n}`, 0);
    const counts = Array.from({ length: 1_000 }, (_, n) => sketch.count(`new-${n}`, 0));
    // Four counters each, a quarter to two fifths of them taken: about one in a hundred.
    expect(counts.filter((count) => count > 1).length).toBeLessThan(30);
  });

  it('remembers for a window and forgets after two', () => {
    const sketch = new FrequencySketch(1_024, 1_000, 0);
    sketch.count('key', 999);
    expect(sketch.count('key', 1_500)).toBe(2);
    expect(sketch.count('key', 2_600)).toBe(2);
    expect(sketch.count('key', 9_000)).toBe(1);
  });

  it('forgets early when it would fill up, and stays useful', () => {
    const sketch = new FrequencySketch(64, Number.POSITIVE_INFINITY, 0);
    sketch.count('key', 0);
    for (let n = 0; n < 200; n++) sketch.count(`other-${n}`, 0);
    expect(sketch.count('key', 0)).toBeLessThanOrEqual(2);
  });

  it('refuses a width that is no power of two', () => {
    expect(() => new FrequencySketch(1_000, 1, 0)).toThrow('the width must be a power of two, found 1000');
  });
});
