import { type ModelRelease, openRelease } from '../../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../../src/engine/artifacts/version-store.ts';
import { CliError } from '../cli/cli-error.ts';

/** The release of this version, or the current one of the artifacts folder. Throws an ArtifactError when it is damaged. */
export async function openChosenRelease(command: string, artifacts: string, version: string | undefined): Promise<ModelRelease> {
  const chosen = version ?? (await readPointer(artifacts))?.version;
  if (chosen === undefined) throw new CliError(`${command}: ${artifacts} has no current release; give --version`);
  return openRelease(versionDirectory(artifacts, chosen));
}
