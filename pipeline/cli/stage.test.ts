import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordingContext } from '../testing/recording-context.ts';
import { runStage, type StageOptions } from './stage.ts';

let folder: string;
let builds: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stage-test-'));
  builds = 0;
  await writeFile(join(folder, 'input.txt'), 'one\n');
});

afterEach(() => rm(folder, { recursive: true }));

function runCopy(overrides: Partial<StageOptions> = {}, context = recordingContext()) {
  const input = join(folder, 'input.txt');
  const output = join(folder, 'output.txt');
  const options = { name: 'copy', output, inputs: [input], options: { a: 1 }, version: 1, context, ...overrides };
  return runStage(options, async (temporaryPath) => {
    builds++;
    const text = await readFile(input, 'utf8');
    await writeFile(temporaryPath, text);
    return { rows: text.split('\n').length - 1 };
  });
}

test('builds a missing output, logs rows and size, and does nothing when nothing has changed', async () => {
  const context = recordingContext();
  expect(await runCopy({}, context)).toEqual({ status: 'new', result: { rows: 1 } });
  expect(await runCopy({}, context)).toEqual({ status: 'fresh', result: { rows: 1 } });
  expect(builds).toBe(1);
  const output = join(folder, 'output.txt');
  expect(context.lines).toEqual(['[new] copy', `  ${output}: 1 rows, 4 B, 0 ms`, `[fresh] copy: ${output}, 1 rows, 4 B, nothing to do`]);
});

test('is stale when the content of an input, an option or the version changes, and when an optional input appears', async () => {
  await runCopy();
  await writeFile(join(folder, 'input.txt'), 'two\n');
  expect((await runCopy()).status).toBe('stale');
  expect(await readFile(join(folder, 'output.txt'), 'utf8')).toBe('two\n');
  expect((await runCopy({ options: { a: 2 } })).status).toBe('stale');
  expect((await runCopy({ options: { a: 2 }, version: 2 })).status).toBe('stale');
  const inputs = [join(folder, 'input.txt'), join(folder, 'extra.txt')];
  expect((await runCopy({ inputs })).status).toBe('stale');
  expect((await runCopy({ inputs })).status).toBe('fresh');
  await writeFile(join(folder, 'extra.txt'), '');
  expect((await runCopy({ inputs })).status).toBe('stale');
});

test('stays fresh when an input is only touched', async () => {
  await runCopy();
  await utimes(join(folder, 'input.txt'), 1, 1);
  expect((await runCopy()).status).toBe('fresh');
});

test('is stale when forced, when the output was truncated, and when the record is damaged', async () => {
  await runCopy();
  expect((await runCopy({ force: true })).status).toBe('stale');
  await writeFile(join(folder, 'output.txt'), 'on');
  expect((await runCopy()).status).toBe('stale');
  await writeFile(join(folder, 'output.txt.stage.json'), '{"finger');
  expect((await runCopy()).status).toBe('stale');
  expect((await runCopy()).status).toBe('fresh');
});

test('keeps the old output and leaves nothing else when a build fails', async () => {
  await runCopy();
  await writeFile(join(folder, 'input.txt'), 'two\n');
  const output = join(folder, 'output.txt');
  const failing = runStage(
    { name: 'copy', output, inputs: [join(folder, 'input.txt')], options: { a: 1 }, version: 1, context: recordingContext() },
    async (temporaryPath): Promise<{ rows: number }> => {
      await writeFile(temporaryPath, 'half');
      throw new Error('no');
    },
  );
  await expect(failing).rejects.toThrow('no');
  expect(await readFile(output, 'utf8')).toBe('one\n');
  expect((await readdir(folder)).sort()).toEqual(['input.txt', 'output.txt', 'output.txt.stage.json']);
});

test('replaces an older folder as a whole', async () => {
  const output = join(folder, 'set');
  const build = (name: string) =>
    runStage({ name: 'set', output, inputs: [], options: name, version: 1, context: recordingContext() }, async (temporaryPath) => {
      await mkdir(temporaryPath);
      await writeFile(join(temporaryPath, name), name);
      return { rows: 1 };
    });
  expect((await build('first')).status).toBe('new');
  expect((await build('second')).status).toBe('stale');
  expect((await build('second')).status).toBe('fresh');
  expect(await readdir(output)).toEqual(['second']);
  await rm(join(output, 'second'));
  expect((await build('second')).status).toBe('stale');
});

test('a killed build leaves no output; the next one removes what it left and succeeds', async () => {
  const output = join(folder, 'output.txt');
  const script = `
    import { writeFile } from 'node:fs/promises';
    import { defaultContext } from '${new URL('./pipeline-context.ts', import.meta.url).href}';
    import { runStage } from '${new URL('./stage.ts', import.meta.url).href}';
    await runStage({ name: 'copy', output: ${JSON.stringify(output)}, inputs: [], options: 0, version: 1, context: defaultContext() }, async (path) => {
      await writeFile(path, 'half');
      process.stdout.write('half written');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      return { rows: 0 };
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes('half written')) break;
  }
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(existsSync(output)).toBe(false);
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([`.output.txt.${child.pid}.tmp`]);
  expect((await runCopy()).status).toBe('new');
  expect((await readdir(folder)).sort()).toEqual(['input.txt', 'output.txt', 'output.txt.stage.json']);
});

test('keeps the temporary file of a running process', async () => {
  const foreign = join(folder, `.output.txt.${process.ppid}.tmp`);
  await writeFile(foreign, 'in hand');
  await runCopy();
  expect(await readFile(foreign, 'utf8')).toBe('in hand');
});
