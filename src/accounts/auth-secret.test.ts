import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { loadOrCreateSecret } from './auth-secret.ts';

describe('the secret that is made and kept', () => {
  let folder: TemporaryFolder;
  let said: object[];
  const log = { debug() {}, warn() {}, error() {}, info: (about: object) => said.push(about) };
  beforeEach(async () => {
    folder = await temporaryFolder();
    said = [];
  });
  afterEach(() => folder.remove());

  it('is made once, kept for its owner alone and told of without being told', async () => {
    const data = join(folder.path, 'data');
    const secret = await loadOrCreateSecret(data, log);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect((await stat(join(data, 'auth-secret'))).mode & 0o777).toBe(0o600);
    expect(said).toEqual([{ path: join(data, 'auth-secret') }]);
    expect(await loadOrCreateSecret(data, log)).toBe(secret);
    expect(said).toHaveLength(1);
    expect(await readdir(data)).toEqual(['auth-secret']);
  });

  it('is one for all servers that start at once', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateSecret(folder.path, log)));
    expect(new Set(secrets).size).toBe(1);
    expect(said).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual(['auth-secret']);
  });

  it('is never replaced when it is damaged, for that would sign everybody out', async () => {
    const path = join(folder.path, 'auth-secret');
    await writeFile(path, 'short\n');
    await chmod(path, 0o600);
    await expect(loadOrCreateSecret(folder.path, log)).rejects.toThrow(
      `${path} holds 5 characters, expected at least 32: set AUTH_SECRET or delete it`,
    );
    expect(await readFile(path, 'utf8')).toBe('short\n');
  });
});
