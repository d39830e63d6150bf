import { fileURLToPath } from 'node:url';
import { ArtifactError } from '../../src/engine/artifacts/artifact-error.ts';
import { readManifest } from '../../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../../src/engine/artifacts/version-store.ts';
import { parseArguments } from '../cli/arguments.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { all } from './all.ts';

export const help = `sample: publishes the catalog that ships with the project

  --artifacts DIR   the artifacts folder   (artifacts)

Runs before "npm start". A folder that serves another catalog stays unchanged.
`;

const SAMPLE_NAME = 'sample';

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const { artifacts = 'artifacts' } = parseArguments('sample', args, { artifacts: { type: 'string' } });
  const other = await otherCatalog(artifacts);
  if (other !== undefined) {
    context.log(`[fresh] sample: ${artifacts} serves ${other}, which stays current`);
    return;
  }
  await all(
    {
      raw: fileURLToPath(new URL('../sample', import.meta.url)),
      artifacts,
      config: 'default',
      name: SAMPLE_NAME,
    },
    context,
  );
}

/** The published data set, when it is not the sample. A damaged current release counts as another data set unless its name is a sample's. */
async function otherCatalog(artifacts: string): Promise<string | undefined> {
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
