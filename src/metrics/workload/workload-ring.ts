import { BUCKETS, bucketOf } from './duration-buckets.ts';

/** What was counted in one span of time. */
export interface WorkloadSlot {
  /** When it began, in milliseconds since 1970. */
  at: number;
  /** HTTP requests that were answered. */
  requests: number;
  /** Their durations, by bucket. */
  durations: number[];
  /** Errors by code. */
  errors: Record<string, number>;
  /** Pages and answers by the layer that they came from. */
  layers: Record<string, number>;
  /** Requests over a rate limit. */
  refused: number;
  /** The 99th percentile of the event loop's delay; the worst one of several servers. */
  loopDelayMs: number;
}

/** Codes and layers are few. More names than these are counted together. */
const MAX_NAMES = 39;
const OTHERS = 'OTHERS';

export function emptySlot(at: number): WorkloadSlot {
  return { at, requests: 0, durations: new Array<number>(BUCKETS).fill(0), errors: {}, layers: {}, refused: 0, loopDelayMs: 0 };
}

/** The last `count` slots of `widthMs` each. Its memory does not grow: an old slot is counted anew. */
export class WorkloadRing {
  readonly widthMs: number;
  readonly #slots: WorkloadSlot[];

  constructor(count: number, widthMs: number) {
    this.widthMs = widthMs;
    this.#slots = Array.from({ length: count }, () => emptySlot(Number.NEGATIVE_INFINITY));
  }

  /** The slot of this time. */
  at(now: number): WorkloadSlot {
    const number = Math.floor(now / this.widthMs);
    const place = number % this.#slots.length;
    const at = number * this.widthMs;
    if (this.#slots[place].at !== at) this.#slots[place] = emptySlot(at);
    return this.#slots[place];
  }

  /** The slots up to this time in which something was counted, oldest first. */
  used(now: number): WorkloadSlot[] {
    const first = this.#first(now);
    return this.#slots.filter(({ at }) => at >= first && at <= now).sort((a, b) => a.at - b.at);
  }

  /** All slots up to this time, oldest first, as the sum of the given slots. Slots of other times are left out. */
  sumOf(slots: readonly WorkloadSlot[], now: number): WorkloadSlot[] {
    const first = this.#first(now);
    const sums = this.#slots.map((_, n) => emptySlot(first + n * this.widthMs));
    for (const slot of slots) {
      const sum = sums[(slot.at - first) / this.widthMs];
      if (sum !== undefined) addSlot(sum, slot);
    }
    return sums;
  }

  #first(now: number): number {
    return (Math.floor(now / this.widthMs) - this.#slots.length + 1) * this.widthMs;
  }
}

export function countDuration(slot: WorkloadSlot, ms: number): void {
  slot.requests++;
  slot.durations[bucketOf(ms)]++;
}

export function countName(counts: Record<string, number>, name: string, by = 1): void {
  const known = name in counts || Object.keys(counts).length < MAX_NAMES ? name : OTHERS;
  counts[known] = (counts[known] ?? 0) + by;
}

/** Adds `other` to `sum`. */
export function addSlot(sum: WorkloadSlot, other: WorkloadSlot): void {
  sum.requests += other.requests;
  for (let bucket = 0; bucket < BUCKETS; bucket++) sum.durations[bucket] += other.durations[bucket] ?? 0;
  for (const [code, count] of Object.entries(other.errors)) countName(sum.errors, code, count);
  for (const [layer, count] of Object.entries(other.layers)) countName(sum.layers, layer, count);
  sum.refused += other.refused;
  sum.loopDelayMs = Math.max(sum.loopDelayMs, other.loopDelayMs);
}
