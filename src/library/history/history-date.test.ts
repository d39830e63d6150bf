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
    ['2024-3-5T9:00Z', '2024-03-05T09:00:00.000Z'],
    ['2024-03-05 20:00 +0200', '2024-03-05T18:00:00.000Z'],
    ['2024-03-05T20:00:00 UTC', '2024-03-05T20:00:00.000Z'],
    ['2024-03-05T24:00Z', null],
    ['2024-03-05T20:60Z', null],
    ['2024-03-05T20:00:60Z', null],
    ['2024-03-05 8:15 PM GMT+0100', '2024-03-05T19:15:00.000Z'],
    ['2024-03-05 12:05 a.m. Z', '2024-03-05T00:05:00.000Z'],
    ['2024-03-05 13:05 PM Z', null],
    ['2024-03-05 20:15 PST', '2024-03-05'],
    ['0085-03-05', null],
    ['20240305', '2024-03-05'],
    ['20241305', null],
    // The day is first where dots are. With two digits of the year, other signs tell nothing.
    ['5.3.24', '2024-03-05'],
    ['5.3.85', '1985-03-05'],
    ['25/03/24', null],
    ['5-Mar-24', '2024-03-05'],
    ['2024-Mar-05', '2024-03-05'],
    ['Tue, 5 Mar 2024 20:15:00 GMT', '2024-03-05T20:15:00.000Z'],
    ['Tue Mar 05 2024 20:15:00 GMT+0100 (CET)', '2024-03-05T19:15:00.000Z'],
    ['Sunday, March 3, 2024 at 8:15 PM', '2024-03-03'],
    ['5. März 2024, 20:15 Uhr', '2024-03-05'],
    ['mardi, 5 mars 2024', '2024-03-05'],
    ['1er août 2024', '2024-08-01'],
    ['5 de marzo de 2024', '2024-03-05'],
    ['5 марта 2024 г., 20:15', '2024-03-05'],
    ['2024年3月5日 20:15', '2024-03-05'],
    ['2024. 3. 5.', '2024-03-05'],
    // November in Finnish, which begins like March.
    ['5 marraskuuta 2024', '2024-11-05'],
    ['5 Marble 2024', null],
    [`${' '.repeat(10)}5 Mar 2024 ${'x'.repeat(80)}`, null],
  ])('%s is %s', (text, expected) => {
    const date = historyDate(text, undefined, NOW);
    expect(date && dateText(date)).toBe(expected);
  });

  it.each('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').map((name, n) => [name, n] as const))(
    'has the month %s',
    (name, n) => expect(historyDate(`2 ${name} 2024`, undefined, NOW)).toEqual(new Date(Date.UTC(2024, n, 2))),
  );

  it('is read in the order that is given', () => {
    expect(historyDate('05/03/24', 'MONTH_FIRST', NOW)).toEqual(new Date('2024-05-03'));
    expect(historyDate('25/03/24', 'DAY_FIRST', NOW)).toEqual(new Date('2024-03-25'));
    expect(historyDate('25/03/24', 'MONTH_FIRST', NOW)).toBeNull();
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
    [['25/03/24', '3/3/24'], 'ambiguous'],
    [['25/03/24', '25/03/2024'], 'DAY_FIRST'],
    [['Tue, 05/03/2024'], 'ambiguous'],
    [['Mon 25/03/2024', 'Tue, 05/03/2024'], 'DAY_FIRST'],
  ])('of %j is %s', (texts, expected) => expect(dateOrderOf(texts)).toBe(expected));
});
