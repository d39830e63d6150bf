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
  ])('of %j is %s', (texts, expected) => expect(dateOrderOf(texts)).toBe(expected));
});
