import { callerGoneError, timeoutError } from '../graphql/limits/request-budget.ts';
import { HttpError } from '../http/http-error.ts';
import type { PaidWork } from '../http/paid-work.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { type Admission, HEAVY_PRICE } from './admission.ts';
import type { RequestIdentity } from './authentication.ts';

export interface PaidWorkParts {
  admission: Admission;
  authenticate: RequestIdentity;
  metrics: Pick<Metrics, 'heavyWaited'>;
  timeoutMs: number;
}

/** Work of routes beside GraphQL: out of the same budgets and the same queue. */
export function paidWork({ admission, authenticate, metrics, timeoutMs }: PaidWorkParts): PaidWork {
  return async (request, points, work) => {
    // Invalid credentials allow no more than none. A route that needs the identity has refused them.
    const identity = await authenticate(request).catch((error: unknown) => {
      if (error instanceof HttpError) return null;
      throw error;
    });
    const spender = { address: request.ip, identity: identity ?? undefined };
    await admission.spend(spender, admission.priceOfRows(spender, points));
    const place = points < HEAVY_PRICE ? undefined : admission.enter(spender);
    let over: HttpError | undefined;
    const end = (message: string): void => {
      over ??= new HttpError(503, 'TIMEOUT', message);
      place?.leave();
    };
    const onGone = (): void => end(callerGoneError().message);
    const timer = setTimeout(() => end(timeoutError(timeoutMs).message), timeoutMs);
    const { socket } = request.raw;
    socket.once('close', onGone);
    const check = (): void => {
      if (over !== undefined) throw over;
    };
    try {
      if (place !== undefined) {
        const entered = performance.now();
        await place.ready;
        metrics.heavyWaited((performance.now() - entered) / 1_000);
      }
      check();
      return await work(check);
    } finally {
      clearTimeout(timer);
      socket.off('close', onGone);
      place?.leave();
    }
  };
}
