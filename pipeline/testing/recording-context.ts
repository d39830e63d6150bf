import { defaultEffects, type PipelineContext } from '../cli/pipeline-context.ts';
import { silentProgress } from '../cli/progress.ts';

/** For tests: what a stage says is kept, the clock stands still, pauses are noted instead of slept. */
export function recordingContext(
  overrides: Partial<PipelineContext> = {},
): PipelineContext & { readonly lines: string[]; readonly pauses: number[] } {
  const lines: string[] = [];
  const pauses: number[] = [];
  const effects = defaultEffects({
    now: () => new Date('2026-03-04T05:06:07Z'),
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    log: (line) => lines.push(line),
    progress: silentProgress,
    isTerminal: false,
    ...overrides,
  });
  return { ...effects, lines, pauses };
}
