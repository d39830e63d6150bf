import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../fixture-release.ts';
import { type RunningServer, startServer } from '../real-servers/cinematch.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../real-servers/postgres.ts';
import { type CodeBlock, codeBlocks, PAGES, PROJECT, readPage } from './markdown.ts';
import { writeRawData } from './raw-data.ts';

const run = promisify(execFile);
const ADDRESS = 'localhost:4000';
const DATABASE_URL = 'postgresql://cinematch:password@localhost:5432/cinematch';
const postgresProgram = findPostgres();
const SHELLS = new Set(['sh', 'bash']);
const LANGUAGES = new Set([
  '',
  'caddyfile',
  'haproxy',
  'nginx',
  'yaml',
  'sh',
  'bash',
  'graphql',
  'json',
  'ini',
  'mermaid',
  'python',
  'text',
]);
/** What a command writes is not part of the checkout that it runs in. */
const NOT_LINKED = new Set(['.git', '.env', 'artifacts', 'build', 'data', 'package.json', '.npmrc']);

/** Blocks run in a folder that links to the checkout and to its packages: what changes those is never run. */
const CHANGES_CHECKOUT = /\bnpm (ci|install|i|test|start|run (test|bench|dev|build|check|hooks|format|redis))\b|\bgit \w|\bvitest\b/;

const BLOCKS = PAGES.flatMap(codeBlocks);
const place = ({ page, line }: CodeBlock): string => `${page}:${line}`;
const shellBlocks = BLOCKS.filter(({ language }) => SHELLS.has(language));
const notRun = shellBlocks.filter(({ notRun }) => notRun !== undefined);
const needsPostgres = ({ code }: CodeBlock): boolean => code.includes(DATABASE_URL);
const lacksProgram = (block: CodeBlock): boolean => needsPostgres(block) && postgresProgram.path === undefined;
const toRun = shellBlocks.filter((block) => block.notRun === undefined && !lacksProgram(block));
const pagesToRun = PAGES.filter((page) => toRun.some((block) => block.page === page));

describe('command blocks of the docs', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  let postgres: RealPostgres | undefined;
  let sample: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    sample = join(folder.path, 'sample');
    await run(process.execPath, ['pipeline/main.ts', 'sample', '--artifacts', sample], { cwd: PROJECT });
    server = await startServer(folder.path, { ARTIFACTS_DIR: sample, OWNER_EMAIL: 'owner@example.org' });
    if (toRun.some(needsPostgres)) postgres = await startPostgres(postgresProgram.path ?? '');
  });
  afterAll(async () => {
    await server?.end();
    await postgres?.stop();
    await folder?.remove();
  });

  // A reader pastes the blocks of a page into one shell, one after the other.
  it.each(pagesToRun)(
    '%s: every block works as it stands',
    async (page) => {
      const checkout = join(folder.path, page.replaceAll('/', '-'));
      await linkCheckout(checkout);
      // As after the first `npm start`.
      await cp(sample, join(checkout, 'artifacts'), { recursive: true });
      const [dataset = 'ml-32m'] = /\bml-\w+(?=\/ratings\.csv)/.exec(readPage(page)) ?? [];
      await writeRawData(join(checkout, 'data', 'raw'), dataset);
      const blocks = toRun.filter((block) => block.page === page);
      expect(blocks.filter(({ code }) => CHANGES_CHECKOUT.test(code)).map(place), 'blocks that change the checkout').toEqual([]);
      const script = blocks.map((block) => `echo '--- ${place(block)}'\n${block.code}\n`).join('');
      const database = blocks.some(needsPostgres) ? await postgres?.createDatabase(page) : undefined;
      const replaced = script.replaceAll(ADDRESS, new URL(server.url).host).replaceAll(DATABASE_URL, database ?? '');
      const output = await bash(replaced, checkout);
      expect(output.split('\n').filter((line) => line.includes('"errors":['))).toEqual([]);
    },
    90_000,
  );

  it.each(notRun.map((block) => [place(block), block.notRun, block.code]))('%s is not run (%s), and is a script', async (_, __, code) => {
    await run('bash', ['-n', '-c', code]);
  });

  it.skipIf(postgresProgram.path === undefined)(`include those that need PostgreSQL (${postgresProgram.hint})`, () => {
    expect(toRun.some(needsPostgres)).toBe(true);
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

/** Runs the script; a failure names the block that failed and shows what it wrote. */
async function bash(script: string, cwd: string): Promise<string> {
  const env = { HOME: process.env.HOME, PATH: `${PROJECT}/node_modules/.bin:${process.env.PATH}` };
  const child = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      output += text.toString();
    });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`exit code ${code} at ${output.slice(output.lastIndexOf('--- '))}`);
  return output;
}
