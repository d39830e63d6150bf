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
    expect(counts.filter((count) => count > 1).length).toBeLessThan(15);
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

  it('counts to 255 in a window', () => {
    const sketch = new FrequencySketch(1_024, 1_000, 0);
    for (let n = 1; n <= 254; n++) sketch.count('key', 0);
    expect([sketch.count('key', 0), sketch.count('key', 0), sketch.count('key', 0)]).toEqual([255, 255, 255]);
  });

  it('remembers until two windows have passed, and not when they have', () => {
    for (const [again, count] of [
      [1_999, 2],
      [2_000, 1],
    ] as const) {
      const sketch = new FrequencySketch(1_024, 1_000, 0);
      sketch.count('key', 0);
      expect(sketch.count('key', again)).toBe(count);
    }
    // The windows begin with the one before: what was counted at 999 is forgotten at 2,000, when another count has ended the first one.
    const sketch = new FrequencySketch(1_024, 1_000, 0);
    sketch.count('key', 999);
    sketch.count('other', 1_000);
    expect(sketch.count('key', 1_999)).toBe(2);
    sketch.count('other', 2_000);
    expect(sketch.count('key', 2_999)).toBe(2);
  });

  it('begins another generation with the count beyond its width', () => {
    for (const [others, count] of [
      [126, 2],
      [127, 1],
    ] as const) {
      const sketch = new FrequencySketch(64, Number.POSITIVE_INFINITY, 0);
      sketch.count('key', 0);
      for (let n = 0; n < others; n++) sketch.count('other', 0);
      expect(sketch.count('key', 0)).toBe(count);
    }
  });

  it('takes a width of one', () => {
    expect(new FrequencySketch(1, 1_000, 0).count('key', 0)).toBe(1);
    expect(() => new FrequencySketch(0, 1_000, 0)).toThrow('the width must be a power of two, found 0');
  });

  it('refuses a width that is no power of two', () => {
    expect(() => new FrequencySketch(1_000, 1, 0)).toThrow('the width must be a power of two, found 1000');
  });
});
