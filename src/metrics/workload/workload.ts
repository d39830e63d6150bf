import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PROBE_ROUTES } from '../probe-routes.ts';
import { BUCKETS } from './duration-buckets.ts';
import { addSlot, countDuration, countName, emptySlot, WorkloadRing, type WorkloadSlot } from './workload-ring.ts';

const MINUTE_MS = 60_000;
const HOUR_SLOTS = 60;
const DAY_SLOTS = 96;
const DAY_SLOT_MS = 15 * MINUTE_MS;
/** How often the counts go to the other servers. */
const PUBLISH_MS = 5_000;
/** The event loop's delay is sampled this often. A sample contains this time. */
const SAMPLE_MS = 20;

/** Where servers leave their counts for each other. */
export interface SharedWorkload {
  publish(server: string, counts: string): Promise<void>;
  /** The counts by server. Undefined when they cannot be read. */
  all(): Promise<Record<string, string> | undefined>;
}

export interface WorkloadSpan {
  slotMinutes: number;
  /** Oldest first, without gaps. */
  slots: WorkloadSlot[];
  total: WorkloadSlot;
}

export interface WorkloadReport {
  /** How many servers are counted together. */
  servers: number;
  hour: WorkloadSpan;
  day: WorkloadSpan;
}

export interface WorkloadParts {
  /** Answers that were given ready, since the start. */
  readyHits(): number;
  shared?: SharedWorkload | undefined;
  /** Milliseconds since 1970. */
  now?(): number;
}

interface Counts {
  hour: WorkloadSlot[];
  day: WorkloadSlot[];
}

/** What this server answered in the last hour by the minute, and in the last day by quarters of an hour. Memory is bounded. */
export class Workload {
  readonly #parts: WorkloadParts;
  readonly #server = randomUUID();
  readonly #hour = new WorkloadRing(HOUR_SLOTS, MINUTE_MS);
  readonly #day = new WorkloadRing(DAY_SLOTS, DAY_SLOT_MS);
  #readyHits = 0;
  #delays: ReturnType<typeof monitorEventLoopDelay> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: WorkloadParts) {
    this.#parts = parts;
  }

  /** Samples the event loop, and shares the counts with the other servers, until `stop`. */
  start(): void {
    if (this.#timer !== undefined) return;
    this.#delays = monitorEventLoopDelay({ resolution: SAMPLE_MS });
    this.#delays.enable();
    this.#timer = setInterval(() => void this.publish(), PUBLISH_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#delays?.disable();
  }

  request(route: string, status: number, seconds: number): void {
    if (PROBE_ROUTES.has(route)) return;
    this.#count((slot) => {
      countDuration(slot, seconds * 1_000);
      if (status >= 500) countName(slot.errors, `HTTP ${status}`);
    });
  }

  operation(code: string): void {
    if (code !== 'OK') this.#count((slot) => countName(slot.errors, code));
  }

  cachePage(layer: string): void {
    this.#count((slot) => countName(slot.layers, layer));
  }

  refused(): void {
    this.#count((slot) => {
      slot.refused++;
    });
  }

  /** Never rejects. */
  async publish(): Promise<void> {
    this.#sample();
    const now = this.#now();
    const counts: Counts = { hour: this.#hour.used(now), day: this.#day.used(now) };
    await this.#parts.shared?.publish(this.#server, JSON.stringify(counts));
  }

  /** The sum over all servers that share their counts; this server alone when they cannot be read. */
  async report(): Promise<WorkloadReport> {
    this.#sample();
    const now = this.#now();
    const others = Object.entries((await this.#parts.shared?.all()) ?? {})
      .filter(([server]) => server !== this.#server)
      .map(([, text]) => parsed(text))
      .filter((counts) => counts !== undefined);
    const all = [{ hour: this.#hour.used(now), day: this.#day.used(now) }, ...others];
    const spanOf = (ring: WorkloadRing, slots: WorkloadSlot[]): WorkloadSpan => {
      const sums = ring.sumOf(slots, now);
      const total = emptySlot(sums[0].at);
      for (const slot of sums) addSlot(total, slot);
      return { slotMinutes: ring.widthMs / MINUTE_MS, slots: sums, total };
    };
    return {
      servers: all.length,
      hour: spanOf(
        this.#hour,
        all.flatMap(({ hour }) => hour),
      ),
      day: spanOf(
        this.#day,
        all.flatMap(({ day }) => day),
      ),
    };
  }

  #sample(): void {
    const hits = this.#parts.readyHits();
    const more = hits - this.#readyHits;
    this.#readyHits = hits;
    const delay = Math.max(0, (this.#delays?.percentile(99) ?? 0) / 1e6 - SAMPLE_MS);
    this.#delays?.reset();
    this.#count((slot) => {
      if (more > 0) countName(slot.layers, 'ready', more);
      slot.loopDelayMs = Math.max(slot.loopDelayMs, Math.round(delay * 10) / 10);
    });
  }

  #count(add: (slot: WorkloadSlot) => void): void {
    const now = this.#now();
    add(this.#hour.at(now));
    add(this.#day.at(now));
  }

  #now(): number {
    return this.#parts.now?.() ?? Date.now();
  }
}

/** Undefined for what another release wrote in another form. */
function parsed(text: string): Counts | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('hour' in value) || !('day' in value)) return undefined;
    const { hour, day } = value;
    return areSlots(hour) && areSlots(day) ? { hour, day } : undefined;
  } catch {
    return undefined;
  }
}

function areSlots(value: unknown): value is WorkloadSlot[] {
  return Array.isArray(value) && value.every(isSlot);
}

function isSlot(slot: unknown): boolean {
  if (typeof slot !== 'object' || slot === null) return false;
  const { at, requests, durations, errors, layers, refused, loopDelayMs } = slot as Partial<Record<keyof WorkloadSlot, unknown>>;
  const isCounts = (counts: unknown): boolean =>
    typeof counts === 'object' && counts !== null && Object.values(counts).every((count) => typeof count === 'number');
  return (
    [at, requests, refused, loopDelayMs].every((value) => typeof value === 'number') &&
    Array.isArray(durations) &&
    durations.length === BUCKETS &&
    isCounts(durations) &&
    isCounts(errors) &&
    isCounts(layers)
  );
}
