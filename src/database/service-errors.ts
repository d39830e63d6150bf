import { errorCode } from '../error-text.ts';
import { ServiceError } from '../service-error.ts';

/** The connection was lost or never made. */
export class DatabaseAwayError extends ServiceError {
  override readonly name = 'DatabaseAwayError';
  /** Whether another connection may succeed at once. Not when none could be made, and not after a statement that took too long. */
  readonly worthRepeating: boolean;

  constructor(cause: unknown, worthRepeating: boolean) {
    super('UNAVAILABLE', 'The database cannot be reached. Try again in a moment.', cause);
    this.worthRepeating = worthRepeating;
  }
}

/** SQLSTATE classes and codes that end a connection or refuse one: connection errors, shutdown, restart, too many connections. */
const AWAY_STATES = /^(08...|57P0[1-5]|53300)$/;
const AWAY_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);
/** Errors of the driver that have no code. */
const TOO_LONG = 'Query read timeout';
const AWAY_MESSAGES =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed)/;

/** Whether the driver gave up waiting for the answer to a statement. */
export function isTooLong(error: unknown): boolean {
  return error instanceof Error && error.message === TOO_LONG;
}

/** Whether the connection is lost, or the database refuses one for now. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Node tries every address of a host and joins the errors.
  if (error instanceof AggregateError && error.errors.some(isAway)) return true;
  const code = errorCode(error) ?? '';
  return AWAY_STATES.test(code) || AWAY_CODES.has(code) || AWAY_MESSAGES.test(error.message) || isTooLong(error) || isAway(error.cause);
}

/** SQLITE_FULL, with its extended codes in the higher bits. */
const SQLITE_FULL = 13;
/** SQLITE_IOERR_WRITE: what a full disk answers when SQLite grows the shared memory of its log. */
const SQLITE_IOERR_WRITE = 778;
const SQLITE_IOERR_SHMSIZE = 4874;

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const SQLITE_DAMAGED = [11, 26];

export function isDamaged(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && SQLITE_DAMAGED.includes(error.errcode & 0xff);
}

export function isStorageFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number')
    return (error.errcode & 0xff) === SQLITE_FULL || error.errcode === SQLITE_IOERR_WRITE || error.errcode === SQLITE_IOERR_SHMSIZE;
  const code = errorCode(error);
  return code === '53100' || code === 'ENOSPC';
}

export function storageFull(cause: unknown): ServiceError {
  return new ServiceError('STORAGE_FULL', 'The storage of the server is full: nothing can be saved now.', cause);
}
