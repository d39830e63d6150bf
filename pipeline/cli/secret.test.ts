import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { secretOf } from './secret.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secret-test-'));
  file = join(folder, 'key');
  await writeFile(file, 'a key\n');
  await writeFile(join(folder, 'empty'), '\n');
  await writeFile(join(folder, 'large'), 'x'.repeat(65_537));
});
afterAll(() => rm(folder, { recursive: true }));

it('comes from its variable, or without the line end from the file that another one names', () => {
  expect(secretOf('KEY', {})).toBeUndefined();
  expect(secretOf('KEY', { KEY: '', KEY_FILE: '' })).toBeUndefined();
  expect(secretOf('KEY', { KEY: 'a key' })).toBe('a key');
  expect(secretOf('KEY', { KEY: '', KEY_FILE: file })).toBe('a key');
});

it.each([
  ['no-such-file', 'this file cannot be read'],
  ['empty', 'this file is empty'],
  ['large', 'this file has more than 65536 bytes'],
  ['.', 'this file cannot be read'],
])('the file %s is refused', (name, problem) => {
  const path = join(folder, name);
  expect(() => secretOf('KEY', { KEY_FILE: path })).toThrow(`KEY_FILE=${path}: ${problem}`);
});

it('in both is refused, and not shown', () => {
  expect(() => secretOf('KEY', { KEY: 'hidden', KEY_FILE: file })).toThrow(`KEY_FILE=${file}: set only one of KEY and KEY_FILE`);
});
