import { format } from 'node:util';
import { destination, type Logger } from 'pino';
import { EXIT } from './start-error.ts';

/** Log lines that wait for a reader. Above this, new lines are dropped. */
const MAX_UNWRITTEN_BYTES = 16_777_216;
/** How long the end of the process waits for its last log lines. */
const MAX_FLUSH_MS = 500;
/** Lines are written together: one by one, writing takes as long as a ready answer. */
const MIN_WRITE_BYTES = 65_536;
const MAX_WRITE_BYTES = 2 * MIN_WRITE_BYTES;
/** The longest that a line waits for others. */
const MAX_LINE_WAIT_MS = 20;

export type LogOutput = ReturnType<typeof destination>;

/** Standard output for the log. A disk that is full, or a reader that does not read, costs log lines and nothing else. */
export function openLogOutput(): LogOutput {
  // The first use of process.stdout makes a pipe non-blocking. A blocked write would hold a thread, and the process could not end.
  void process.stdout;
  let hasFailed = false;
  let flushUntil: number | undefined;
  const isInTime = (): boolean => flushUntil === undefined || performance.now() < flushUntil;
  const output = destination({
    fd: 1,
    sync: false,
    minLength: MIN_WRITE_BYTES,
    maxWrite: MAX_WRITE_BYTES,
    maxLength: MAX_UNWRITTEN_BYTES,
    retryEAGAIN: isInTime,
  });
  const write = output.write.bind(output);
  let willFlush = false;
  let mustFlushAgain = false;
  output.write = (line) => {
    if (!willFlush) {
      willFlush = true;
      setTimeout(() => {
        willFlush = false;
        output.flush();
        mustFlushAgain = true;
      }, MAX_LINE_WAIT_MS);
    }
    return write(line);
  };
  // The package ignores a flush during a write. Without another one after it, the lines would wait for the next line.
  output.on('drain', () => {
    if (!mustFlushAgain) return;
    mustFlushAgain = false;
    output.flush();
  });
  output.on('error', () => {
    hasFailed = true;
  });
  output.on('drain', () => {
    hasFailed = false;
  });
  // pino calls this at the end of the process. The method itself tries again for ever.
  const flush = output.flushSync.bind(output);
  output.flushSync = () => {
    if (hasFailed) return;
    flushUntil = performance.now() + MAX_FLUSH_MS;
    try {
      flush();
    } catch {
      hasFailed = true;
    }
  };
  return output;
}

/**
 * Ends the process with 0 when the log is written, or after a while. The log is written asynchronously: without the wait its last lines
 * could be lost, or written in another order.
 */
export function exitWhenWritten(output: LogOutput): void {
  setTimeout(() => process.exit(), MAX_FLUSH_MS);
  output.flush(() => process.exit());
}

/** Everything that this process says is one JSON line: also what packages print, warnings of Node, and the error that ends the process. */
export function logWholeProcess(log: Logger): void {
  const warn = (...parts: unknown[]): void => log.warn({ from: 'console' }, format(...parts));
  console.error = warn;
  console.warn = warn;
  const info = (...parts: unknown[]): void => log.info({ from: 'console' }, format(...parts));
  console.log = info;
  console.info = info;
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    // SQLite is part of Node and marked as experimental. Nobody who runs the server can do anything about it.
    if (name !== 'ExperimentalWarning') log.warn({ from: 'node', name }, message);
  });
  const end = (err: unknown, message: string): void => {
    log.fatal({ err }, message);
    process.exit(EXIT.unexpected);
  };
  process.on('uncaughtException', (error) => end(error, 'an unexpected error ends the process'));
  process.on('unhandledRejection', (reason) => end(reason, 'an unhandled rejection ends the process'));
}
