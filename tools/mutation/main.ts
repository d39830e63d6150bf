import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT } from '../run-tool.ts';
import { type Candidate, candidatesOf, FOLDERS, reasonOf, sourcesIn } from './candidates.ts';
import { mutated } from './mutants.ts';
import { relatedTests } from './related-tests.ts';
import { RunnerProcess } from './runner-process.ts';
import { sample } from './sample.ts';

const help = `Changes the sources at one place at a time, in memory, and counts how many changes the tests notice.
npm run test:mutation -- [FOLDER...] [OPTIONS]

  FOLDER...         folders or files   (${FOLDERS.join(', ')})
  --mutants N       mutants of each folder, chosen at random   (40)
  --all             every mutant
  --seed N          another choice   (1)
  --tests N         test files a mutant is run against, nearest first   (40)
  --timeout SECONDS the longest run of the tests of one mutant   (90)
  --min PERCENT     fails when a folder has a lower score   (85)

The score is the share of mutants that a test noticed, or that made the tests run into the time limit. Mutants that no test can notice are
listed with the reason in tools/mutation/equivalent-mutants.ts, and are not counted.
`;

/** The tests that run first. */
const NEAREST = 3;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mutants: { type: 'string', default: '40' },
    all: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string', default: '40' },
    timeout: { type: 'string', default: '90' },
    min: { type: 'string', default: '85' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(help);
  process.exit();
}

const timeoutMs = 1_000 * Number(values.timeout);
const runner = new RunnerProcess();
process.on('exit', () => runner.stop());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
const related = relatedTests(PROJECT);

/** Whether a test file passes without a mutant: asked once, and only of files that failed with one. */
const passes = new Map<string, boolean>();
async function passesAlone(test: string, source: string): Promise<boolean> {
  const known = passes.get(test);
  if (known !== undefined) return known;
  const verdict = await runner.run({ source, text: readFileSync(join(PROJECT, source), 'utf8'), tests: [test] }, timeoutMs);
  const good = verdict !== undefined && verdict.failed.length === 0;
  if (!good) process.stdout.write(`  left out, because it fails without a mutant: ${test}\n`);
  passes.set(test, good);
  return good;
}

/** The nearest tests notice most mutants, so the others run only after them. */
async function outcomeOf(mutant: Candidate): Promise<'killed' | 'timed out' | 'survived'> {
  const text = mutated(readFileSync(join(PROJECT, mutant.file), 'utf8'), mutant);
  const tests = related(mutant.file).slice(0, Number(values.tests));
  for (const near of [tests.slice(0, NEAREST), tests.slice(NEAREST)]) {
    for (;;) {
      const stage = near.filter((test) => passes.get(test) !== false);
      if (stage.length === 0) break;
      const verdict = await runner.run({ source: mutant.file, text, tests: stage }, timeoutMs);
      if (verdict === undefined) return 'timed out';
      if (verdict.failed.length === 0) break;
      for (const test of verdict.failed) if (await passesAlone(test, mutant.file)) return 'killed';
    }
  }
  return 'survived';
}

let low = 0;
for (const folder of positionals.length > 0 ? positionals : FOLDERS) {
  const candidates = sourcesIn(folder).flatMap(candidatesOf);
  const chosen = values.all ? candidates : sample(candidates, Number(values.mutants), Number(values.seed));
  process.stdout.write(`${folder}: ${chosen.length} of ${candidates.length} mutants\n`);
  let [killed, timedOut, equivalent] = [0, 0, 0];
  for (const mutant of chosen) {
    const where = `${mutant.file}:${mutant.line}  ${mutant.change}`;
    const reason = reasonOf(mutant);
    if (reason !== undefined) {
      equivalent++;
      process.stdout.write(`  equivalent  ${where}  (${reason})\n`);
      continue;
    }
    const outcome = await outcomeOf(mutant);
    if (outcome === 'killed') killed++;
    else if (outcome === 'timed out') timedOut++;
    if (outcome !== 'killed') process.stdout.write(`  ${outcome}  ${where}\n`);
  }
  const counted = chosen.length - equivalent;
  const score = counted === 0 ? 100 : (100 * (killed + timedOut)) / counted;
  if (score < Number(values.min)) low++;
  process.stdout.write(
    `  ${score.toFixed(1)} % of ${counted} noticed (${killed} by a test, ${timedOut} by the time limit), ${equivalent} equivalent; seed ${values.seed}\n`,
  );
}
if (low > 0) process.stdout.write(`${low} below ${values.min} %\n`);
runner.stop();
process.exit(low > 0 ? 1 : 0);
