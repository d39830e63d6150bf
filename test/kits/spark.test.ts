import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readPage } from '../docs/markdown.ts';
import { realProgram } from '../real-servers/debian-package.ts';

const JOB = 'deploy/spark/train_item_factors.py';
const python = realProgram(['python3'], 'python3');

describe.skipIf(python.path === undefined)(`${JOB} (${python.hint})`, () => {
  const run = (...args: string[]) => spawnSync(python.path ?? '', [JOB, ...args], { encoding: 'utf8' });

  it('checks its arguments without Spark', () => {
    const { status, stderr } = run('--ratings', 'a', '--out', 'b', '--rank', '600');
    expect([status, stderr]).toEqual([2, expect.stringContaining('--rank is from 1 to 512')]);
  });

  it('has every option that the docs name', () => {
    const [, block = ''] = /```sh\nspark-submit([\s\S]*?)```/.exec(readPage('docs/how-to/train.md')) ?? [];
    const { stdout } = run('--help');
    const named = [...block.matchAll(/--[a-z-]+/g)].map(([option]) => option).filter((option) => !/^--(master|executor)/.test(option));
    expect(named.length).toBeGreaterThan(1);
    for (const option of named) expect(stdout).toContain(option);
  });
});
