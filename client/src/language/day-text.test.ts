import { afterEach, describe, expect, it } from 'vitest';
import { dayText } from './day-text.ts';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe.each(['America/Los_Angeles', 'UTC', 'Asia/Tokyo', 'Pacific/Kiritimati'])('in the time zone %s', (timeZone) => {
  it.each(['2026-07-20T00:00:00Z', '2026-07-20T00:00:00.000Z'])('a day without a time stays that day', (moment) => {
    process.env.TZ = timeZone;
    expect(dayText('en', moment)).toBe('Jul 20, 2026');
    expect(dayText('de', moment)).toBe('20.07.2026');
  });
});

it.each([
  ['America/Los_Angeles', 'Jul 19, 2026'],
  ['Asia/Tokyo', 'Jul 20, 2026'],
])('a moment is the day that the clock shows in %s', (timeZone, text) => {
  process.env.TZ = timeZone;
  expect(dayText('en', '2026-07-20T03:00:00Z')).toBe(text);
});
