import { formatCount, formatDuration, formatSize } from './format.ts';

export interface ProgressTask {
  /** `note` is appended to the line, for example "3 failed". */
  update(done: number, note?: string): void;
  end(): void;
}

export interface ProgressOptions {
  readonly label: string;
  readonly total?: number | undefined;
  /** Unit of the count. Without a unit only the note is shown, for steps that are too few or too different for a rate. */
  readonly unit?: 'bytes' | (string & {});
  /** Work done by an earlier run. It counts as done but not for the rate. */
  readonly startAt?: number;
}

export interface Progress {
  start(options: ProgressOptions): ProgressTask;
}

export const silentProgress: Progress = { start: () => ({ update: () => {}, end: () => {} }) };

/** One line, rewritten at most ten times a second and removed at the end. A task of less than a second shows nothing. */
export function terminalProgress(now: () => Date, write: (text: string) => void): Progress {
  return {
    start(options) {
      const meter = startMeter(options, now);
      let shown = false;
      let last = meter.startedAt;
      return {
        update(done, note) {
          const time = now().getTime();
          if (time - meter.startedAt < 1000 || time - last < 100) return;
          last = time;
          shown = true;
          write(`\r\x1b[2K${meter.line(done, note)}`);
        },
        end() {
          if (shown) write('\r\x1b[2K');
        },
      };
    },
  };
}

/** Plain lines for logs: the first after two seconds, then one every ten seconds. */
export function plainProgress(now: () => Date, log: (line: string) => void): Progress {
  return {
    start(options) {
      const meter = startMeter(options, now);
      let next = meter.startedAt + 2_000;
      return {
        update(done, note) {
          const time = now().getTime();
          if (time < next) return;
          next = time + 10_000;
          log(`  ${meter.line(done, note)}`);
        },
        end() {},
      };
    },
  };
}

function startMeter({ label, total, unit, startAt = 0 }: ProgressOptions, now: () => Date) {
  const startedAt = now().getTime();
  const format = unit === 'bytes' ? formatSize : formatCount;
  return {
    startedAt,
    line(done: number, note?: string): string {
      if (unit === undefined) return [label, note].filter(Boolean).join(': ');
      const seconds = (now().getTime() - startedAt) / 1000;
      const rate = seconds > 0 ? (done - startAt) / seconds : 0;
      const parts = [`${label}: ${format(done)}${total === undefined ? '' : ` of ${format(total)}`}${unit === 'bytes' ? '' : ` ${unit}`}`];
      if (total !== undefined && total > 0) parts.push(`${Math.floor((100 * done) / total)} %`);
      if (rate > 0) parts.push(`${unit === 'bytes' ? formatSize(rate) : rate.toFixed(1)}/s`);
      if (rate > 0 && total !== undefined && done < total) parts.push(`${formatDuration(((total - done) / rate) * 1000)} left`);
      if (note) parts.push(note);
      return parts.join(', ');
    },
  };
}
