import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultContext } from '../pipeline/cli/pipeline-context.ts';
import { readRatingsModelsConfig } from '../pipeline/training/ratings-models-config.ts';
import { sizeOf } from '../pipeline/training/release-figures.ts';
import { trainRelease } from '../pipeline/training/train-release.ts';
import { type Step, StepMeter } from './steps.ts';

export interface TrainingFigures {
  steps: readonly Step[];
  seconds: number;
  cpuSeconds: number;
  peakMegabytes: number;
  artifactsMegabytes: number;
  version: string;
}

/** The whole of `train` on ratings, in this process, with film vectors of `embeddingSize` numbers. */
export async function measureTraining(
  catalog: string,
  ratings: string,
  artifacts: string,
  embeddingSize: number | undefined,
): Promise<TrainingFigures> {
  await mkdir(artifacts, { recursive: true });
  const hyper = await readRatingsModelsConfig();
  const ratingsConfig = join(artifacts, 'ratings-models.json');
  await writeFile(ratingsConfig, JSON.stringify({ ...hyper, hybrid: { embeddingSize: embeddingSize ?? hyper.hybrid.embeddingSize } }));
  const context = defaultContext();
  const meter = new StepMeter(context.progress);
  const manifest = await trainRelease(
    { catalog: catalog, artifacts, ratings, config: 'default', ratingsConfig, dataset: 'bench', force: true },
    { ...context, progress: meter },
  );
  const steps = meter.steps();
  return {
    steps,
    seconds: steps.reduce((sum, step) => sum + step.seconds, 0),
    cpuSeconds: steps.reduce((sum, step) => sum + step.cpuSeconds, 0),
    peakMegabytes: Math.max(...steps.map((step) => step.peakMegabytes)),
    artifactsMegabytes: sizeOf(manifest) / 1e6,
    version: manifest.version,
  };
}
