import { expect, test } from 'vitest';
import { formatDuration, formatSize } from './format.ts';
import { plainProgress, terminalProgress } from './progress.ts';

function clock() {
  let time = 0;
  return {
    now: () => new Date(time),
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

test('plain lines come after two seconds and then every ten, with rate and time left', () => {
  const { now, pass } = clock();
  const lines: string[] = [];
  const task = plainProgress(now, (line) => lines.push(line)).start({ label: 'TMDb', unit: 'movies', total: 1000, startAt: 500 });
  for (let second = 1; second <= 13; second++) {
    pass(1000);
    task.update(500 + 20 * second, second > 5 ? '3 failed' : undefined);
  }
  task.end();
  expect(lines).toEqual([
    '  TMDb: 540 of 1,000 movies, 54 %, 20.0/s, 23.0 s left',
    '  TMDb: 740 of 1,000 movies, 74 %, 20.0/s, 13.0 s left, 3 failed',
  ]);
});

test('on a terminal one line is rewritten at most ten times a second and removed at the end', () => {
  const { now, pass } = clock();
  let shown = '';
  const task = terminalProgress(now, (text) => {
    shown += text;
  }).start({ label: 'a.zip', unit: 'bytes', total: 4_000_000 });
  for (const milliseconds of [500, 500, 50, 50]) {
    pass(milliseconds);
    task.update(2_000_000);
  }
  task.end();
  expect(shown.split('\r\x1b[2K')).toEqual([
    '',
    'a.zip: 2.0 MB of 4.0 MB, 50 %, 2.0 MB/s, 1.0 s left',
    'a.zip: 2.0 MB of 4.0 MB, 50 %, 1.8 MB/s, 1.1 s left',
    '',
  ]);
});

test('a task of less than a second shows nothing', () => {
  const { now, pass } = clock();
  let shown = '';
  const task = terminalProgress(now, (text) => {
    shown += text;
  }).start({ label: 'merge' });
  pass(900);
  task.update(1, 'reading');
  task.end();
  expect(shown).toBe('');
});

test('without a unit only the note is shown', () => {
  const { now, pass } = clock();
  const lines: string[] = [];
  const task = plainProgress(now, (line) => lines.push(line)).start({ label: 'merge' });
  pass(2000);
  task.update(1, 'joining');
  expect(lines).toEqual(['  merge: joining']);
});

test('sizes and durations are short', () => {
  expect([999, 1000, 24_900_000, 1_230_000_000].map(formatSize)).toEqual(['999 B', '1.0 kB', '24.9 MB', '1.23 GB']);
  expect([7, 5200, 125_000, 7_260_000].map(formatDuration)).toEqual(['7 ms', '5.2 s', '2 min 5 s', '2 h 1 min']);
});
