import { GraphQLDateTime } from 'graphql-scalars';
import { Extensions, Field, Float, Int, ObjectType } from 'type-graphql';
import { quantile } from '../../metrics/workload/duration-buckets.ts';
import type { WorkloadSpan as Span, WorkloadReport } from '../../metrics/workload/workload.ts';
import type { WorkloadSlot as Slot } from '../../metrics/workload/workload-ring.ts';

/** A quarter of an hour a slot, for a day. */
const MAX_SLOTS = 96;
const MAX_NAMES = 40;

@ObjectType({ simpleResolvers: true, description: 'How often something happened.' })
export class NamedCount {
  @Field(() => String)
  name!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What the servers answered in a part of the time.' })
export class WorkloadSlot {
  constructor({ at, requests, durations, errors, refused, loopDelayMs }: Slot) {
    this.at = new Date(at);
    this.requests = requests;
    this.p50Ms = quantile(durations, 0.5);
    this.p99Ms = quantile(durations, 0.99);
    this.errors = Object.values(errors).reduce((sum, count) => sum + count, 0);
    this.refused = refused;
    this.eventLoopDelayMs = loopDelayMs;
  }

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  readonly at: Date;

  @Field(() => Int)
  readonly requests: number;

  @Field(() => Float, { nullable: true })
  readonly p50Ms: number | null;

  @Field(() => Float, { nullable: true })
  readonly p99Ms: number | null;

  @Field(() => Int)
  readonly errors: number;

  @Field(() => Int)
  readonly refused: number;

  @Field(() => Float)
  readonly eventLoopDelayMs: number;
}

@ObjectType({ simpleResolvers: true, description: 'What the servers answered in an hour or a day.' })
export class WorkloadSpan {
  constructor({ slotMinutes, slots, total }: Span) {
    this.slotMinutes = slotMinutes;
    this.slots = slots.slice(-MAX_SLOTS).map((slot) => new WorkloadSlot(slot));
    this.requests = total.requests;
    this.p50Ms = quantile(total.durations, 0.5);
    this.p99Ms = quantile(total.durations, 0.99);
    this.errors = named(total.errors);
    this.cacheLayers = named(total.layers);
    this.refused = total.refused;
    this.eventLoopDelayMs = total.loopDelayMs;
  }

  @Field(() => Int, { description: 'How long a slot is.' })
  readonly slotMinutes: number;

  @Field(() => [WorkloadSlot], { description: 'Oldest first, without gaps.' })
  @Extensions({ listLength: MAX_SLOTS })
  readonly slots: WorkloadSlot[];

  @Field(() => Int, { description: 'HTTP requests without those of probes and Prometheus.' })
  readonly requests: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Half of the requests took no longer. At most a quarter too high. Null without requests.',
  })
  readonly p50Ms: number | null;

  @Field(() => Float, {
    nullable: true,
    description: '99 of 100 requests took no longer. At most a quarter too high. Null without requests.',
  })
  readonly p99Ms: number | null;

  @Field(() => [NamedCount], { description: "Operations by their error code, and 'HTTP 500' and the like. Most first." })
  @Extensions({ listLength: MAX_NAMES })
  readonly errors: NamedCount[];

  @Field(() => [NamedCount], {
    description:
      "Where answers and pages of rankings came from: 'ready', 'memory', 'redis' and 'shared' are hits, 'computed', 'rare' and 'deep' are not.",
  })
  @Extensions({ listLength: MAX_NAMES })
  readonly cacheLayers: NamedCount[];

  @Field(() => Int, { description: 'Requests over a rate limit.' })
  readonly refused: number;

  @Field(() => Float, { description: 'The 99th percentile within the worst slot.' })
  readonly eventLoopDelayMs: number;
}

@ObjectType({ simpleResolvers: true, description: 'What the servers answered lately, from their own counters.' })
export class WorkloadOverview {
  constructor({ servers, hour, day }: WorkloadReport) {
    this.servers = servers;
    this.hour = new WorkloadSpan(hour);
    this.day = new WorkloadSpan(day);
  }

  @Field(() => Int, { description: 'How many threads of all servers are counted together. More than one server takes a Redis.' })
  readonly servers: number;

  @Field(() => WorkloadSpan, { description: 'The last 60 minutes.' })
  readonly hour: WorkloadSpan;

  @Field(() => WorkloadSpan, { description: 'The last 24 hours. What a server counted before its start is lost without Redis.' })
  readonly day: WorkloadSpan;
}

function named(counts: Readonly<Record<string, number>>): NamedCount[] {
  return Object.entries(counts)
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_NAMES);
}
