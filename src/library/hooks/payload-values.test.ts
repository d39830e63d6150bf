import { expect, it } from 'vitest';
import { idOf, isFinished, momentOf, numberOf, objectOf, starsOf, textOf, truthOf, yearOf } from './payload-values.ts';

it.each<[unknown, object]>([
  [{ a: 1 }, { a: 1 }],
  [[1], {}],
  [null, {}],
  ['x', {}],
])('%j is the object %j', (value, object) => expect(objectOf(value)).toEqual(object));

it.each<[unknown, string]>([
  [' a\0bcdef ', 'abcde'],
  ['abcd', 'abcd'],
  [603, '603'],
  [true, ''],
  [['x'], ''],
  [null, ''],
])('%j is the text %j, cut to 5 characters', (value, text) => expect(textOf(value, 5)).toBe(text));

it.each<[unknown, number | null]>([
  ['7.5', 7.5],
  [' 7 ', 7],
  [0, 0],
  ['0', 0],
  ['', null],
  [' ', null],
  ['x', null],
  ['Infinity', null],
  [Number.NaN, null],
  [true, null],
  [null, null],
])('%j is the number %j', (value, number) => expect(numberOf(value)).toBe(number));

it.each<[unknown, boolean | null]>([
  [true, true],
  [false, false],
  ['True', true],
  ['FALSE', false],
  ['truely', null],
  ['untrue', null],
  [1, null],
])('%j is the truth %j', (value, truth) => expect(truthOf(value)).toBe(truth));

it.each<[unknown, number | null]>([
  [1_799, null],
  [1_800, 1_800],
  ['3000', 3_000],
  [3_001, null],
  [1_999.5, null],
  ['', null],
])('%j is the year %j', (value, year) => expect(yearOf(value)).toBe(year));

it.each<[unknown, number | null]>([
  [603, 603],
  ['tt0133093', 133_093],
  ['TT1', 1],
  ['1', 1],
  [0, null],
  ['x603', null],
  ['603x', null],
  [2_147_483_647, 2_147_483_647],
  [2_147_483_648, null],
  ['99999999999', null],
  [undefined, null],
])('%j is the id %j', (value, id) => expect(idOf(value)).toBe(id));

it.each<[unknown, string | null]>([
  [1_769_890_500, '2026-01-31T20:15:00.000Z'],
  [0, null],
  [7_999_999_999_999, '+255479-11-28T14:13:19.000Z'],
  [8_000_000_000_000, null],
  ['2026-01-31T20:15Z', '2026-01-31T20:15:00.000Z'],
  ['2026-01-31T20:15:00.1234567Z', '2026-01-31T20:15:00.123Z'],
  ['2026-01-31T20:15:00+0130', '2026-01-31T18:45:00.000Z'],
  ['2026-01-31T20:15:00-01:30', '2026-01-31T21:45:00.000Z'],
  ['2026-01-31T20:15:00', null],
  ['2026-01-31', null],
  ['2026-13-31T20:15:00Z', null],
  ['on 2026-01-31T20:15:00Z', null],
  ['2026-01-31T20:15:00Z!', null],
  ['1970-01-01T00:00:00Z', null],
  [null, null],
])('%j is the moment %j', (value, moment) => expect(momentOf(value)?.toISOString() ?? null).toBe(moment));

it.each([
  [null, null],
  [-1, null],
  [0, null],
  [0.1, 0.5],
  [1.4, 0.5],
  [1.5, 1],
  [9, 4.5],
  [10, 5],
])('%j points are %j stars', (points, stars) => expect(starsOf(points, 'rating')).toBe(stars));

it('more than ten points are refused', () => {
  expect(() => starsOf(10.1, 'rating')).toThrow('rating: is 10.1; expected a number from 0 to 10');
});

it.each([
  [80, 100, true],
  [79.9, 100, false],
  [100, 100, true],
  [0, 1, false],
  [1, 0, false],
  [0, 0, false],
  [-1, -1, false],
  [null, 100, false],
  [80, null, false],
])('a film at %j of %j is finished: %j', (position, length, finished) => expect(isFinished(position, length)).toBe(finished));
