import { setTimeout as delay } from 'node:timers/promises';
import { type Progress, plainProgress, terminalProgress } from './progress.ts';

/** Clock, network, log and signals of a stage, as one argument. Tests replace them. */
export interface PipelineContext {
  now(): Date;
  /** Rejects with the reason of the signal when the run is interrupted. */
  sleep(milliseconds: number): Promise<void>;
  readonly fetch: typeof fetch;
  readonly log: (line: string) => void;
  readonly progress: Progress;
  readonly isTerminal: boolean;
  readonly signal: AbortSignal;
  /** TMDb API key from the environment, which only main.ts reads. */
  readonly tmdbKey?: string | undefined;
  /** Key of a media server from the environment, which only main.ts reads. */
  readonly libraryKey?: string | undefined;
  /** KEEP_VERSIONS of the environment, which only main.ts reads. */
  readonly keepVersions?: number | undefined;
  /** The largest archive that is downloaded. */
  readonly maxArchiveBytes?: number;
  /** Lines of an export of movie ids. */
  readonly maxExportLines?: number;
}

export function defaultContext(overrides: Partial<PipelineContext> = {}): PipelineContext {
  const signal = overrides.signal ?? new AbortController().signal;
  const now = overrides.now ?? (() => new Date());
  const log = overrides.log ?? ((line) => process.stdout.write(`${line}\n`));
  const isTerminal = overrides.isTerminal ?? process.stderr.isTTY === true;
  return {
    now,
    sleep: (milliseconds) => delay(milliseconds, undefined, { signal }),
    fetch: globalThis.fetch,
    log,
    progress: isTerminal ? terminalProgress(now, (text) => process.stderr.write(text)) : plainProgress(now, log),
    isTerminal,
    signal,
    ...overrides,
  };
}
