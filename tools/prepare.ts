import { isBuilt } from './build-fingerprint.ts';
import { runNode } from './run-tool.ts';
import { hasPublishedVersion, servesDefaultArtifacts } from './sample-artifacts.ts';

// What `npm start` needs and a fresh clone lacks: the build, and artifacts to serve. Does nothing when both are there.
const outdated = !isBuilt();
if (outdated) run('build', 'tools/build.ts');
// A build that is out of date means that the project changed. The sample, or what is made of it, may have changed with it.
if (servesDefaultArtifacts() && (outdated || !hasPublishedVersion())) run('sample catalog', 'pipeline/main.ts', 'sample');

function run(name: string, ...args: string[]): void {
  process.stdout.write(`preparing: ${name}\n`);
  if (runNode(['--disable-warning=ExperimentalWarning', ...args], { show: true }).ok) return;
  process.stderr.write(`npm start: the ${name} failed; the lines above say why\n`);
  process.exit(1);
}
