import { formatDuration } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { type Baseline, type Measured, type MeasureOptions, measure, PROFILE_SIZES } from './measure.ts';
import type { Ranker } from './ranker.ts';

/** A model by its name, and how it is trained. */
export interface NamedTrainer {
  name: string;
  train(): Ranker | Promise<Ranker>;
}

/** Trains the models one after the other and measures them on the same users. The first model is the baseline of the others. */
export async function compareModels(
  trainers: readonly NamedTrainer[],
  options: Omit<MeasureOptions, 'model' | 'baseline' | 'progress'>,
  context: PipelineContext,
): Promise<Measured[]> {
  const compared: Measured[] = [];
  let baseline: Baseline | undefined;
  for (const { name, train } of trainers) {
    const started = context.now().getTime();
    const ranker = await train();
    const trained = context.now().getTime();
    const task = context.progress.start({ label: name, total: options.cases.length * PROFILE_SIZES.length, unit: 'lists' });
    const progress = (done: number): void => {
      task.update(done);
      context.signal.throwIfAborted();
    };
    const { measured, ndcg } = measure(ranker, { ...options, model: name, baseline, progress });
    task.end();
    baseline ??= ndcg;
    compared.push(measured);
    const { mean, low, high } = measured.accuracy.all['ndcg@100'];
    context.log(
      `  ${name.padEnd(18)} NDCG@100 ${mean.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})  trained in ${formatDuration(trained - started)}, ranked in ${formatDuration(context.now().getTime() - trained)}`,
    );
    context.signal.throwIfAborted();
  }
  return compared;
}
