export interface HeavyQueueSettings {
  /** Requests that run at once. */
  running: number;
  /** Requests that wait, of all callers. */
  waiting: number;
  /** Requests of one caller that wait. */
  waitingOfCaller: number;
}

/** Of the server. Two run, so that one computes while the other waits for the database or Redis. */
export const HEAVY_QUEUE: HeavyQueueSettings = { running: 2, waiting: 100, waitingOfCaller: 20 };

export interface Place {
  /** Resolves when the request may run, or when it left. */
  readonly ready: Promise<void>;
  /** Ends the request, whether it runs or waits. A second call does nothing. */
  leave(): void;
}

interface Entry {
  state: 'waiting' | 'running' | 'gone';
  start(): void;
}

interface Caller {
  running: number;
  waiting: Entry[];
  /** The turn that it got last. A new caller stands just before the last turn: waiting ones keep their places. */
  lastTurn: number;
}

/**
 * Heavy requests wait for their turn. Callers take turns: a caller with many requests gets one place for each that every other caller
 * gets. While others wait, no caller runs more than one request beside theirs.
 */
export class HeavyQueue {
  readonly #settings: HeavyQueueSettings;
  readonly #callers = new Map<string, Caller>();
  #running = 0;
  #waiting = 0;
  #turns = 0;

  constructor(settings: HeavyQueueSettings) {
    this.#settings = settings;
  }

  /** Requests that wait now. */
  get length(): number {
    return this.#waiting;
  }

  /** A place for a request of `caller`; undefined when too many wait. */
  enter(caller: string): Place | undefined {
    const { running, waiting, waitingOfCaller } = this.#settings;
    const own = this.#callers.get(caller) ?? { running: 0, waiting: [], lastTurn: this.#turns - 0.5 };
    const runsAtOnce = this.#running < running;
    if (!runsAtOnce && (this.#waiting >= waiting || own.waiting.length >= waitingOfCaller)) return undefined;
    this.#callers.set(caller, own);
    let resolve: () => void = () => undefined;
    const ready = new Promise<void>((settle) => {
      resolve = settle;
    });
    const entry: Entry = { state: 'waiting', start: resolve };
    own.waiting.push(entry);
    this.#waiting++;
    this.#startNext();
    return { ready, leave: () => this.#leave(caller, own, entry) };
  }

  #leave(name: string, caller: Caller, entry: Entry): void {
    if (entry.state === 'gone') return;
    if (entry.state === 'running') {
      this.#running--;
      caller.running--;
    } else {
      caller.waiting.splice(caller.waiting.indexOf(entry), 1);
      this.#waiting--;
      entry.start();
    }
    entry.state = 'gone';
    if (caller.running === 0 && caller.waiting.length === 0) this.#callers.delete(name);
    this.#startNext();
  }

  #startNext(): void {
    while (this.#waiting > 0 && this.#running < this.#settings.running) {
      const caller = this.#nextCaller();
      const entry = caller.waiting.shift();
      if (entry === undefined) return;
      caller.lastTurn = ++this.#turns;
      this.#waiting--;
      this.#running++;
      caller.running++;
      entry.state = 'running';
      entry.start();
    }
  }

  /** Of the callers that wait, one with the fewest requests running; among these, the one whose turn was the longest ago. */
  #nextCaller(): Caller {
    const waiting = [...this.#callers.values()].filter((caller) => caller.waiting.length > 0);
    return waiting.reduce((next, caller) => ((caller.running - next.running || caller.lastTurn - next.lastTurn) < 0 ? caller : next));
  }
}
