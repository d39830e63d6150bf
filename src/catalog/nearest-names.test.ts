import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearestNames } from './nearest-names.ts';

describe('nearest names', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['alien', 'alien', 0],
    ['alein', 'alien', 1],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
  ])('puts %j and %j %i apart', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  it('are never further apart than the longer is long, and 0 apart only when equal', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });

  it('come closest first, a beginning before a stranger, and at most as many as asked', () => {
    expect(nearestNames('hor', ['War', 'Horror', 'Drama', 'Western'])).toEqual(['Horror', 'War']);
    expect(nearestNames('hoa', ['Hob', 'Hod', 'Hog', 'Hop'], 2)).toEqual(['Hob', 'Hod']);
    expect(nearestNames('DRÁMA', ['War', 'Drama'], 1)).toEqual(['Drama']);
  });

  it('compare the first 64 letters', () => {
    const [x, y] = ['x'.repeat(64), 'y'.repeat(64)];
    // The letters beyond would bring the second as near.
    expect(nearestNames(x + y, [x, y])).toEqual([x]);
    expect(nearestNames(x, [`${x}${y}`, 'x'.repeat(61)])).toEqual([`${x}${y}`]);
  });

  it('are listed up to one edit beyond the closest, three of them unless told', () => {
    expect(nearestNames('abcd', ['abcxyz', 'abcx', 'abxy', 'wxyz'])).toEqual(['abcx', 'abxy']);
    expect(nearestNames('abcd', ['abcx', 'abcy', 'abcz', 'abcw'])).toEqual(['abcx', 'abcy', 'abcz']);
  });

  it('take one letter for no beginning, and two for one', () => {
    expect(nearestNames('h', ['Horror', 'War'], 1)).toEqual(['War']);
    expect(nearestNames('ho', ['War', 'Horror'], 1)).toEqual(['Horror']);
  });

  it('take a very long input in stride', () => {
    expect(nearestNames('x'.repeat(100_000), ['War', 'Drama'])).not.toEqual([]);
  });
});
