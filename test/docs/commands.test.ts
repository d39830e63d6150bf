import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../fixture-release.ts';
import { type RunningServer, startServer } from '../real-servers/cinematch.ts';
import { type CodeBlock, codeBlocks, PAGES, PROJECT, readPage } from './markdown.ts';

const run = promisify(execFile);
const ADDRESS = 'localhost:4000';
const SHELLS = new Set(['sh', 'bash']);
const LANGUAGES = new Set(['', 'sh', 'bash', 'graphql', 'json', 'ini', 'mermaid', 'python', 'text']);
/** What a command writes is not part of the checkout that it runs in. */
const NOT_LINKED = new Set(['.git', '.env', 'artifacts', 'build', 'data', 'package.json', '.npmrc']);

const BLOCKS = PAGES.flatMap(codeBlocks);
const place = ({ page, line }: CodeBlock): string => `${page}:${line}`;
const shellBlocks = BLOCKS.filter(({ language }) => SHELLS.has(language));
const notRun = shellBlocks.filter(({ notRun }) => notRun !== undefined);
const pagesToRun = PAGES.filter((page) => shellBlocks.some((block) => block.page === page && block.notRun === undefined));

describe('command blocks of the docs', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  beforeAll(async () => {
    folder = await temporaryFolder();
    const sample = join(folder.path, 'sample');
    await run(process.execPath, ['pipeline/main.ts', 'sample', '--artifacts', sample], { cwd: PROJECT });
    server = await startServer(folder.path, { ARTIFACTS_DIR: sample });
  }, 90_000);
  afterAll(async () => {
    await server?.end();
    await folder?.remove();
  });

  // A reader pastes the blocks of a page into one shell, one after the other.
  it.each(pagesToRun)(
    '%s: every block works as it stands',
    async (page) => {
      const checkout = join(folder.path, page.replaceAll('/', '-'));
      await linkCheckout(checkout);
      const blocks = shellBlocks.filter((block) => block.page === page && block.notRun === undefined);
      const script = blocks.map((block) => `echo '--- ${place(block)}' | tee /dev/stderr\n${block.code}\n`).join('');
      const { stdout } = await bash(script.replaceAll(ADDRESS, new URL(server.url).host), checkout);
      expect(stdout.split('\n').filter((line) => line.includes('"errors":['))).toEqual([]);
    },
    90_000,
  );

  it.each(notRun.map((block) => [place(block), block.notRun, block.code]))('%s is not run (%s), and is a script', async (_, __, code) => {
    await run('bash', ['-n', '-c', code]);
  });

  it('are all in languages that this test knows', () => {
    expect(BLOCKS.filter(({ language }) => !LANGUAGES.has(language)).map(place)).toEqual([]);
  });

  it('state a reason only where it is needed', () => {
    expect(BLOCKS.filter(({ language, notRun }) => notRun !== undefined && !SHELLS.has(language)).map(place)).toEqual([]);
    const comments = PAGES.flatMap((page) => [...readPage(page).matchAll(/^<!-- not run: /gm)]);
    expect(comments).toHaveLength(notRun.length);
  });
});

describe('other blocks of the docs', () => {
  const schema = buildSchema(readPage('schema.graphql'));
  const of = (name: string): [string, string][] =>
    BLOCKS.filter(({ language }) => language === name).map((block) => [place(block), block.code]);

  it.each(of('graphql'))('%s is valid in schema.graphql', (_, code) => {
    expect(validate(schema, parse(code)).map(({ message }) => message)).toEqual([]);
  });

  it.each(of('json'))('%s is JSON', (_, code) => {
    expect(() => JSON.parse(code)).not.toThrow();
  });
});

/** A folder that looks like a checkout, for commands that write. */
async function linkCheckout(path: string): Promise<void> {
  await mkdir(path);
  for (const name of await readdir(PROJECT)) if (!NOT_LINKED.has(name)) await symlink(join(PROJECT, name), join(path, name));
  await Promise.all(['package.json', '.npmrc'].map((name) => copyFile(join(PROJECT, name), join(path, name))));
}

async function bash(script: string, cwd: string): Promise<{ stdout: string; stderr: string }> {
  const env = { HOME: process.env.HOME, PATH: `${PROJECT}/node_modules/.bin:${process.env.PATH}` };
  try {
    return await run('bash', ['-euo', 'pipefail', '-c', script], { cwd, env, maxBuffer: 1 << 26 });
  } catch (error) {
    // The last "---" line names the block that failed.
    throw new Error(error instanceof Error && 'stderr' in error ? `${error.message.slice(-200)}\n${error.stderr}` : String(error), {
      cause: error,
    });
  }
}
