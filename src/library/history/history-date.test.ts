import { describe, expect, it } from 'vitest';
import { dateOrderOf, dateText, historyDate, isDayOnly } from './history-date.ts';

const NOW = Date.UTC(2026, 10, 27);

describe('a date of a history', () => {
  it.each([
    ['2024-03-05', '2024-03-05'],
    ['2024/3/5', '2024-03-05'],
    ['05.03.2024', '2024-03-05'],
    ['25/03/2024', '2024-03-25'],
    ['03/25/2024', '2024-03-25'],
    ['3/3/2024', '2024-03-03'],
    ['5 March 2024', '2024-03-05'],
    ['5th Mar 2024', '2024-03-05'],
    ['Mar 5, 2024', '2024-03-05'],
    ['2024-03-05T20:00:00Z', '2024-03-05T20:00:00.000Z'],
    ['2024-03-05T20:00:00.5+02:00', '2024-03-05T18:00:00.500Z'],
    ['2024-03-05T00:00:00Z', '2024-03-05'],
    // The zone is not known, so only the day is.
    ['2024-03-05 23:30', '2024-03-05'],
    ['25.12.2023 20:15', '2023-12-25'],
    ['1112484819', '2005-04-02T23:33:39.000Z'],
    ['1709668800123', '2024-03-05T20:00:00.123Z'],
  ])('%s is %s', (text, expected) => {
    const date = historyDate(text, undefined, NOW);
    expect(date && dateText(date)).toBe(expected);
  });

  it.each(['', 'yesterday', '05/03/2024', '2024-02-30', '2024-13-01', '3000-01-01', '31.04.2024', '5 Foo 2024', '1960-01-01'])(
    '%j is not guessed',
    (text) => expect(historyDate(text, undefined, NOW)).toBeNull(),
  );

  it('is from 1970 until the day that has begun somewhere on Earth', () => {
    const now = Date.UTC(2026, 10, 27, 9, 59, 59, 999);
    expect(historyDate('1970-01-01', undefined, now)).toEqual(new Date(0));
    expect(historyDate('1969-12-31', undefined, now)).toBeNull();
    expect(historyDate('2026-11-28', undefined, now)).toBeNull();
    expect(historyDate('2026-11-28', undefined, now + 1)).toEqual(new Date('2026-11-28'));
  });

  it.each([
    ['99999999', null],
    ['100000000', '1973-03-03T09:46:40.000Z'],
    ['10000000000', null],
    ['99999999999', null],
    ['100000000000', '1973-03-03T09:46:40.000Z'],
    ['12/13/2024', '2024-12-13'],
    ['13/12/2024', '2024-12-13'],
    ['12/12/2024', '2024-12-12'],
    ['13/13/2024', null],
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', null],
    ['2024-12-31', '2024-12-31'],
    ['2024-00-10', null],
    ['1 January 2024', '2024-01-01'],
    ['1 December 2024', '2024-12-01'],
    ['Dec. 31st, 2024', '2024-12-31'],
    ['2024-3-5T9:00Z', null],
    ['2024-03-05 20:00 +0200', '2024-03-05T18:00:00.000Z'],
    ['2024-03-05T20:00:00 UTC', null],
  ])('%s is %s', (text, expected) => {
    const date = historyDate(text, undefined, NOW);
    expect(date && dateText(date)).toBe(expected);
  });

  it.each('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').map((name, n) => [name, n] as const))(
    'has the month %s',
    (name, n) => expect(historyDate(`2 ${name} 2024`, undefined, NOW)).toEqual(new Date(Date.UTC(2024, n, 2))),
  );

  it('is read in the order that is given', () => {
    expect(historyDate('05/03/2024', 'DAY_FIRST', NOW)).toEqual(new Date('2024-03-05'));
    expect(historyDate('05/03/2024', 'MONTH_FIRST', NOW)).toEqual(new Date('2024-05-03'));
  });

  it('is only a day at midnight UTC', () => {
    expect([isDayOnly(new Date('2024-03-05')), isDayOnly(new Date('2024-03-05T00:00:00.001Z'))]).toEqual([true, false]);
  });
});

describe('the order of day and month', () => {
  it.each([
    [['05/03/2024', '25/03/2024'], 'DAY_FIRST'],
    [['05/03/2024', '03-25-2024'], 'MONTH_FIRST'],
    [['05/03/2024', '04/04/2024'], 'ambiguous'],
    [['04/04/2024', '05.03.2024', '2024-03-05', ''], 'unneeded'],
    [['13/12/2024'], 'DAY_FIRST'],
    [['12/13/2024'], 'MONTH_FIRST'],
    [['12/12/2024', '1/1/2024'], 'unneeded'],
    [['11/12/2024'], 'ambiguous'],
    [['13/14/2024'], 'ambiguous'],
    [['13/13/2024'], 'unneeded'],
    [[' 13/12/2024 '], 'DAY_FIRST'],
  ])('of %j is %s', (texts, expected) => expect(dateOrderOf(texts)).toBe(expected));
});
