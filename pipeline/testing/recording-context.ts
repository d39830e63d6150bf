import { defaultContext, type PipelineContext } from '../cli/pipeline-context.ts';
import { silentProgress } from '../cli/progress.ts';

/** A context for tests: it records log lines and pauses, and its clock stands still. */
export function recordingContext(
  overrides: Partial<PipelineContext> = {},
): PipelineContext & { readonly lines: string[]; readonly pauses: number[] } {
  const lines: string[] = [];
  const pauses: number[] = [];
  const context = defaultContext({
    now: () => new Date('2026-03-04T05:06:07Z'),
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    log: (line) => lines.push(line),
    progress: silentProgress,
    isTerminal: false,
    ...overrides,
  });
  return { ...context, lines, pauses };
}
