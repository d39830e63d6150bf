import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './run-tool.ts';

const DEFAULT_ARTIFACTS = 'artifacts';

/** Artifacts in another folder belong to whoever set ARTIFACTS_DIR. */
export function servesDefaultArtifacts(): boolean {
  const dotEnv = join(PROJECT, '.env');
  if (existsSync(dotEnv)) process.loadEnvFile(dotEnv);
  const chosen = process.env.ARTIFACTS_DIR?.trim();
  return chosen === undefined || chosen === '' || chosen === DEFAULT_ARTIFACTS;
}

export function hasPublishedVersion(): boolean {
  return existsSync(join(PROJECT, DEFAULT_ARTIFACTS, 'current.json'));
}
