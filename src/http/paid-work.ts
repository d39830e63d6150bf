import type { FastifyRequest } from 'fastify';

/**
 * Runs the work of a request for points of its caller. Heavy work waits for its turn. The work calls `check` between its steps: it throws
 * when the time is up or the caller has gone. Throws an HttpError for a caller without the points, and when too much work waits.
 */
export type PaidWork = <T>(request: FastifyRequest, points: number, work: (check: () => void) => Promise<T>) => Promise<T>;
