// node tools/test-counts.mjs REPORT [--can-install=yes|no]: prints "PASSED FAILED SKIPPED" of a JSON report of vitest. Plain JavaScript for
// Node 18 and newer. Names of skipped tests go to stderr. A suite that needs a real server or browser counts as failed when it was skipped
// although its program can be installed here.
import { existsSync, readFileSync } from 'node:fs';

const [path, ...options] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, 'utf8'));
if (!(report.numTotalTests > 0)) process.exit(1);
let failed = report.numFailedTests;
if (failed === 0) failed += report.numFailedTestSuites;

/** As test/real-servers/debian-package.ts decides it. */
function isDebianRoot() {
  return process.platform === 'linux' && process.getuid() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}

const canInstall = options.includes('--can-install=yes') || (!options.includes('--can-install=no') && isDebianRoot());
const skipped = report.testResults.flatMap(({ assertionResults }) =>
  assertionResults.filter(({ status }) => status === 'pending' || status === 'skipped').map(({ fullName }) => fullName),
);
// "(which failed: ...)" says that an installation was tried.
const missing = new Set(
  skipped.filter((name) => canInstall && /needs [\w-]+: apt-get install/.test(name) && !name.includes('(which failed')),
);
for (const name of skipped) process.stderr.write(`${missing.has(name) ? 'skipped although it could be installed' : 'skipped'}: ${name}\n`);
console.log(report.numPassedTests, failed + missing.size, skipped.length);
