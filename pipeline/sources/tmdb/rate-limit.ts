import type { PipelineContext } from '../../cli/pipeline-context.ts';

export interface RateLimit {
  /** Resolves when the next request may start. */
  turn(): Promise<void>;
  /** Nobody starts for so long: what a 429 asks of all of us, not only of the one that got it. */
  pause(milliseconds: number): void;
}

/** Evenly spaced starts, so many a second, whoever asks. */
export function createRateLimit(perSecond: number, effects: Pick<PipelineContext, 'now' | 'sleep'>): RateLimit {
  const spacing = 1000 / perSecond;
  let next = 0;
  let closedUntil = 0;
  return {
    async turn() {
      const now = effects.now().getTime();
      const slot = Math.max(now, next, closedUntil);
      next = slot + spacing;
      if (slot > now) await effects.sleep(slot - now);
      // A pause may have been called while this one slept.
      for (let wait = closedUntil - effects.now().getTime(); wait > 0; wait = closedUntil - effects.now().getTime()) {
        await effects.sleep(wait);
      }
    },
    pause(milliseconds) {
      closedUntil = Math.max(closedUntil, effects.now().getTime() + milliseconds);
    },
  };
}
