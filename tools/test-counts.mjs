// node tools/test-counts.mjs REPORT: prints "PASSED FAILED" of a JSON report of vitest. Plain JavaScript for Node 18 and newer.
// A suite that needs a real server or browser counts as failed when it was skipped although its program can be installed here.
import { existsSync, readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
if (!(report.numTotalTests > 0)) process.exit(1);
let failed = report.numFailedTests;
if (failed === 0) failed += report.numFailedTestSuites;
const canInstall =
  process.platform === 'linux' && process.getuid() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
const skipped = new Set();
for (const file of report.testResults)
  for (const { status, fullName } of file.assertionResults)
    if ((status === 'pending' || status === 'skipped') && /needs [\w-]+: apt-get install/.test(fullName)) {
      // "(which failed: ...)" says that an installation was tried.
      if (canInstall && !fullName.includes('(which failed')) skipped.add(fullName);
    }
for (const name of skipped) process.stderr.write(`skipped although it could be installed: ${name}\n`);
console.log(report.numPassedTests, failed + skipped.size);
