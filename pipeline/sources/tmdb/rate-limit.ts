import type { PipelineContext } from '../../cli/pipeline-context.ts';

export interface RateLimit {
  /** Resolves when the next request may start. */
  turn(): Promise<void>;
  /** Stops all requests for this time: a 429 response applies to the client, not to one request. */
  pause(milliseconds: number): void;
}

/** Spaces the starts of requests evenly, over all callers. */
export function createRateLimit(perSecond: number, context: Pick<PipelineContext, 'now' | 'sleep'>): RateLimit {
  const spacing = 1000 / perSecond;
  let next = 0;
  let closedUntil = 0;
  return {
    async turn() {
      const now = context.now().getTime();
      const slot = Math.max(now, next, closedUntil);
      next = slot + spacing;
      if (slot > now) await context.sleep(slot - now);
      // pause() may have been called during the sleep.
      for (let wait = closedUntil - context.now().getTime(); wait > 0; wait = closedUntil - context.now().getTime()) {
        await context.sleep(wait);
      }
    },
    pause(milliseconds) {
      closedUntil = Math.max(closedUntil, context.now().getTime() + milliseconds);
    },
  };
}
