import { join } from 'node:path';
import { ArtifactError } from './artifact-error.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

/** Steps of a refresh, in their order. */
export const REFRESH_STEPS = ['fetch', 'merge', 'train', 'publish'] as const;
export type RefreshStep = (typeof REFRESH_STEPS)[number];

/** `published`: another version is current. `unchanged`: the version is the same as before. */
export const REFRESH_RESULTS = ['published', 'unchanged', 'failed'] as const;
export type RefreshResult = (typeof REFRESH_RESULTS)[number];

/** What a refresh found on TMDb. */
export interface RefreshChanges {
  newMovies: number;
  changedMovies: number;
  removedMovies: number;
  offersBegun: number;
  offersEnded: number;
}

/** `refresh.json` in the artifacts folder: the last refresh. Times are ISO 8601. */
export interface RefreshState {
  startedAt: string;
  /** Null while the refresh runs, and after it was killed. */
  finishedAt: string | null;
  seconds: number | null;
  result: RefreshResult | null;
  /** The step that failed, and why, for the owner. */
  failedStep: RefreshStep | null;
  error: string | null;
  /** When the last refresh ended that did not fail. */
  succeededAt: string | null;
  changes: RefreshChanges | null;
  /** Steps that were left out, and why. */
  skipped: string[];
  /** The version that the last successful refresh published or found current, and the time of its data. */
  version: string | null;
  dataAt: string | null;
  /** Null when no refresh is planned by the program that wrote this. */
  nextAt: string | null;
  /** The last lines of the log. */
  log: string[];
}

export const MAX_REFRESH_LOG_LINES = 200;

const REFRESH_FILE = 'refresh.json';

/** The state; null when there was no refresh. Throws an ArtifactError when the file cannot be read or is something else. */
export async function readRefreshState(artifactsDirectory: string): Promise<RefreshState | null> {
  const path = join(artifactsDirectory, REFRESH_FILE);
  const state = await readJsonFile(path);
  if (state === undefined) return null;
  if (!isRefreshState(state)) throw new ArtifactError(`${path}: is not the state of a refresh`);
  return state;
}

/** Replaces the state atomically. */
export async function writeRefreshState(artifactsDirectory: string, state: RefreshState): Promise<void> {
  await writeJsonFile(join(artifactsDirectory, REFRESH_FILE), state);
}

/** When the data of a version was last known to be that of TMDb: the time of the refresh that checked it, else that of the build. */
export function dataTime(state: RefreshState | null, { version, builtAt }: { version: string; builtAt: Date }): Date {
  return state?.version === version && state.dataAt !== null ? new Date(state.dataAt) : builtAt;
}

function isRefreshState(value: unknown): value is RefreshState {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  const isTime = (name: string): boolean => typeof fields[name] === 'string' && !Number.isNaN(Date.parse(fields[name]));
  const isTimeOrNull = (name: string): boolean => fields[name] === null || isTime(name);
  const isOneOf = (name: string, values: readonly string[]): boolean =>
    fields[name] === null || (typeof fields[name] === 'string' && values.includes(fields[name]));
  const isTexts = (name: string): boolean => Array.isArray(fields[name]) && fields[name].every((text) => typeof text === 'string');
  return (
    isTime('startedAt') &&
    ['finishedAt', 'succeededAt', 'dataAt', 'nextAt'].every(isTimeOrNull) &&
    isOneOf('result', REFRESH_RESULTS) &&
    isOneOf('failedStep', REFRESH_STEPS) &&
    [fields.error, fields.version].every((text) => text === null || typeof text === 'string') &&
    (fields.seconds === null || typeof fields.seconds === 'number') &&
    (fields.changes === null || isChanges(fields.changes)) &&
    isTexts('skipped') &&
    isTexts('log')
  );
}

function isChanges(value: unknown): value is RefreshChanges {
  if (typeof value !== 'object' || value === null) return false;
  const names = ['newMovies', 'changedMovies', 'removedMovies', 'offersBegun', 'offersEnded'];
  return names.every((name) => Number.isSafeInteger((value as Record<string, unknown>)[name]));
}
