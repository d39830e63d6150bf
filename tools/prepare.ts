import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt } from './build-fingerprint.ts';
import { PROJECT, runNode } from './run-tool.ts';

// What `npm start` needs and a fresh clone has not: the build, and artifacts to serve. Does nothing when both are there.
const OLDEST_NODE = 24;
const DEFAULT_ARTIFACTS = 'artifacts';

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  stop(
    `CineMatch needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}. On Linux "npm ci" brings the right one; elsewhere install it from nodejs.org.`,
  );
}
// A build that is out of date means that the project changed, and the sample or what is made of it may have changed with it.
const outdated = !isBuilt();
if (outdated) run('build', 'tools/build.ts');
if (servesDefaultArtifacts() && (outdated || !existsSync(join(PROJECT, DEFAULT_ARTIFACTS, 'current.json')))) {
  run('sample catalogue', 'pipeline/main.ts', 'sample');
}

/** Artifacts that were put elsewhere are their owner's to make. */
function servesDefaultArtifacts(): boolean {
  const dotEnv = join(PROJECT, '.env');
  if (existsSync(dotEnv)) process.loadEnvFile(dotEnv);
  const chosen = process.env.ARTIFACTS_DIR?.trim();
  return chosen === undefined || chosen === '' || chosen === DEFAULT_ARTIFACTS;
}

function run(name: string, ...args: string[]): void {
  process.stdout.write(`preparing: ${name}\n`);
  if (!runNode(['--disable-warning=ExperimentalWarning', ...args], { show: true }).ok)
    stop(`npm start: the ${name} failed; what is wrong stands above`);
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
