import { ArtifactError } from '../../engine/artifacts/artifact-error.ts';
import { openRelease } from '../../engine/artifacts/model-release.ts';
import { readRefreshState } from '../../engine/artifacts/refresh-state.ts';
import { readPointer, versionDirectory } from '../../engine/artifacts/version-store.ts';
import type { Environment } from '../../environment/environment.ts';
import { snapshotOf } from '../../recommendations/snapshot.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const DAY_MS = 86_400_000;
const OLD_DAYS = 90;

/** Whether the published version can be served: reads it as a server does. */
export async function checkArtifacts({ artifactsDirectory }: Environment): Promise<Finding[]> {
  try {
    const pointer = await readPointer(artifactsDirectory);
    if (pointer === null)
      return [
        problem(
          `no version is published in ${artifactsDirectory}`,
          'npm run pipeline -- sample makes the small one; set ARTIFACTS_DIR to a folder of the pipeline',
        ),
      ];
    const release = await openRelease(versionDirectory(artifactsDirectory, pointer.version));
    const { catalog } = snapshotOf(release);
    const days = Math.floor((Date.now() - Date.parse(release.manifest.builtAt)) / DAY_MS);
    const served = `version ${pointer.version} (${catalog.dataset}, ${catalog.size} movies) is sound, ${days} days old`;
    return [
      days > OLD_DAYS ? warning(served, 'run npm run pipeline -- refresh: streaming services change every week') : ok(served),
      ...(await checkRefresh(artifactsDirectory)),
    ];
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return [problem(error.message, 'npm run pipeline -- publish --rollback goes back; or run the pipeline again')];
  }
}

async function checkRefresh(artifactsDirectory: string): Promise<Finding[]> {
  const last = await readRefreshState(artifactsDirectory).catch((error: unknown) => {
    if (error instanceof ArtifactError) return error;
    throw error;
  });
  if (last === null) return [];
  if (last instanceof ArtifactError) return [warning(last.message, 'the next refresh writes it anew')];
  if (last.result === 'failed')
    return [
      warning(
        `the refresh of ${last.startedAt} failed in "${last.failedStep}": ${last.error}`,
        'mend the cause and run npm run pipeline -- refresh',
      ),
    ];
  if (last.result === null) return [ok(`a refresh runs since ${last.startedAt}, or was killed; the next one goes on`)];
  return [ok(`the last refresh ended at ${last.finishedAt}`)];
}
