import { format } from 'node:util';
import type { Logger } from 'pino';
import { EXIT } from './start-error.ts';

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
