import type { SharedRelease } from '../../engine/artifacts/model-release.ts';
import type { MetricValues } from '../../metrics/prometheus-metrics.ts';

/** What a serving thread asks the main thread. */
export type MainAnswers = {
  /** Adds to a count that all threads share. */
  count(added: { key: string; amount: number; windowMs: number }): number;
  /** An entry of the rankings that all threads share. */
  ranking(key: string): Uint8Array | undefined;
  keepRanking(entry: { key: string; bytes: Uint8Array }): void;
  /** The metrics of all threads, as text. */
  metricsText(nothing: undefined): Promise<string>;
  /** Looks whether another version was published. Answers when all threads serve it. */
  checkVersion(nothing: undefined): Promise<void>;
};

/** What the main thread asks a serving thread. */
export type ThreadAnswers = {
  /** Listens on this port and serves this release. Answers with the port: 0 lets the system choose. */
  begin(start: { port: number; release: SharedRelease }): Promise<number>;
  /** Serves this release from now on. */
  serve(release: SharedRelease): Promise<void>;
  metrics(nothing: undefined): Promise<MetricValues>;
  /** Answers the open requests and ends the thread. */
  stop(how: { drainMs: number }): Promise<void>;
};

/** What a thread is told when it is made. It begins to serve when it is asked. */
export interface ThreadStart {
  /** Its number among its siblings, from 0. A thread that replaces another has its number. */
  number: number;
  /** How many threads serve. */
  count: number;
  clientDirectory: string;
}
