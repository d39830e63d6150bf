import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

function run(...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...args], { env: {} }, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

test('--help lists the commands; a command has its own', async () => {
  const overall = await run('--help');
  expect(overall).toMatchObject({ exitCode: 0, stderr: '' });
  for (const name of ['download', 'merge', 'train', 'publish', 'all', 'inspect', 'evaluate', 'export', 'sample'])
    expect(overall.stdout).toContain(`\n  ${name} `);
  const merge = await run('merge', '--help');
  expect(merge).toMatchObject({ exitCode: 0, stderr: '' });
  expect(merge.stdout).toContain('--min-year');
});

test('no command shows the help and fails', async () => {
  expect(await run()).toMatchObject({ exitCode: 2, stderr: '', stdout: expect.stringContaining('Usage:') });
});

test('an unknown command is one line with a suggestion and exit code 2', async () => {
  const { exitCode, stdout, stderr } = await run('mrege');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toBe(
    'error: unknown command "mrege", did you mean merge?; the commands are download, library, merge, train, publish, all, refresh, inspect, evaluate, export, sample\n',
  );
});

test('an error is one line without a stack unless --debug is given', async () => {
  const plain = await run('merge', '--raw', '/nowhere', '--out', '/nowhere/out.csv');
  expect(plain.exitCode).toBe(1);
  expect(plain.stderr).toBe('error: /nowhere: there is no such folder; give the folder of the raw data with --raw\n');
  const debug = await run('--debug', 'merge', '--raw', '/nowhere', '--out', '/nowhere/out.csv');
  expect(debug.stderr).toContain('raw-files.ts');
});

test('an unknown option is a usage error', async () => {
  expect(await run('merge', '--row', 'x')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('did you mean --raw?') });
});
