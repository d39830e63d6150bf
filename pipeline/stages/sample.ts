import { fileURLToPath } from 'node:url';
import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import { readManifest } from '../../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../../src/engine/artifacts/version-store.ts';
import { parseArguments } from '../cli/arguments.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { all } from './all.ts';

export const help = `sample: artifacts of the catalogue that ships with the project

  --artifacts DIR   where they go   (artifacts)

Runs before "npm start". A folder in which another catalogue is published is left as it is.
`;

const SAMPLE_NAME = 'sample';
/** The oldest films of the sample. */
const SAMPLE_MIN_YEAR = 1930;

export async function run(args: string[], effects: PipelineContext): Promise<void> {
  const { artifacts = 'artifacts' } = parseArguments('sample', args, { artifacts: { type: 'string' } });
  const other = await otherCatalogue(artifacts);
  if (other !== undefined) {
    effects.log(`[fresh] sample: ${artifacts} serves ${other}, which stays`);
    return;
  }
  await all(
    {
      raw: fileURLToPath(new URL('../sample', import.meta.url)),
      artifacts,
      dataset: undefined,
      ratings: undefined,
      config: 'default',
      minYear: SAMPLE_MIN_YEAR,
      region: undefined,
      name: SAMPLE_NAME,
      force: false,
    },
    effects,
  );
}

/** The data set that is published there, when it is not the sample. A current set that cannot be read counts as none only if it was a sample. */
async function otherCatalogue(artifacts: string): Promise<string | undefined> {
  const pointer = await readPointer(artifacts).catch((error: unknown) => {
    if (error instanceof ArtifactError) return null;
    throw error;
  });
  if (pointer === null) return undefined;
  const directory = versionDirectory(artifacts, pointer.version);
  try {
    const { dataset } = await readManifest(directory);
    return dataset === SAMPLE_NAME ? undefined : dataset;
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return pointer.version.startsWith(`${SAMPLE_NAME}-`) ? undefined : pointer.version;
  }
}
