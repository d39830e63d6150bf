import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { systemProblem } from './system-error.ts';

const FULL = '/dev/full';

test.runIf(existsSync(FULL))('a full device is one line, from Node and from DuckDB', async () => {
  const error = await writeFile(FULL, 'text').catch((thrown: unknown) => thrown);
  expect(systemProblem(error)).toMatch(/^no space is left on the device; free some, then run the same command again$/);
  const connection = await (await DuckDBInstance.create()).connect();
  const failed = await connection.run(`COPY (SELECT 1) TO '${FULL}' (FORMAT csv, USE_TMP_FILE false)`).catch((thrown: unknown) => thrown);
  expect(systemProblem(failed)).toMatch(/no space is left on the device/);
});

test.each([
  ['EACCES', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
])('%s names the path, also as the cause of another error', (code, problem) => {
  const error = Object.assign(new Error(`${code}: it failed, open '/data/x.csv'`), { code, path: '/data/x.csv' });
  expect(systemProblem(error)).toMatch(`/data/x.csv: ${problem}; `);
  expect(systemProblem(new Error('outer', { cause: error }))).toMatch(`/data/x.csv: ${problem}; `);
});

test('a folder below a file is one line', async () => {
  const error = await mkdir('package.json/folder').catch((thrown: unknown) => thrown);
  expect(systemProblem(error)).toBe('package.json/folder: a part of the path is a file, expected a folder');
});

test('another error has no such line', () => {
  expect(systemProblem(new TypeError('x is not a function'))).toBeUndefined();
  expect(systemProblem('text')).toBeUndefined();
});
