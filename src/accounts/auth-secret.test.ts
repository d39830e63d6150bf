import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { loadOrCreateSecret, SecretFileError } from './auth-secret.ts';

/** Root may change the rights of every file, so a refusal is made here. */
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  return { ...fs, chmod: vi.fn(fs.chmod) };
});

describe('the stored secret', () => {
  let folder: TemporaryFolder;
  let logged: object[];
  const log = { debug() {}, warn() {}, error() {}, info: (about: object) => logged.push(about) };
  beforeEach(async () => {
    folder = await temporaryFolder();
    logged = [];
  });
  afterEach(() => folder.remove());

  it('is created once, readable by its owner only, and logged by its path only', async () => {
    const data = join(folder.path, 'data');
    const secret = await loadOrCreateSecret(data, log);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect((await stat(join(data, 'auth-secret'))).mode & 0o777).toBe(0o600);
    expect(logged).toEqual([{ path: join(data, 'auth-secret') }]);
    expect(await loadOrCreateSecret(data, log)).toBe(secret);
    expect(logged).toHaveLength(1);
    expect(await readdir(data)).toEqual(['auth-secret']);
  });

  it('is the same for all servers that start at the same time', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateSecret(folder.path, log)));
    expect(new Set(secrets).size).toBe(1);
    expect(logged).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual(['auth-secret']);
  });

  it('is closed to others when a copy has left it open', async () => {
    const path = join(folder.path, 'auth-secret');
    await writeFile(path, 'x'.repeat(43));
    await chmod(path, 0o644);
    const warnings: object[] = [];
    await loadOrCreateSecret(folder.path, { ...log, warn: (about: object) => warnings.push(about) });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(warnings).toEqual([{ path }]);
  });

  it('is never replaced when damaged, because that would sign all users out', async () => {
    const path = join(folder.path, 'auth-secret');
    await writeFile(path, 'short\n');
    await chmod(path, 0o600);
    await expect(loadOrCreateSecret(folder.path, log)).rejects.toThrow(
      `${path} holds 5 characters, expected at least 32: set AUTH_SECRET or delete it`,
    );
    expect(await readFile(path, 'utf8')).toBe('short\n');
  });

  it('has at least 32 characters', async () => {
    const path = join(folder.path, 'auth-secret');
    await writeFile(path, ` ${'x'.repeat(32)} \n`, { mode: 0o600 });
    expect(await loadOrCreateSecret(folder.path, log)).toBe('x'.repeat(32));
    await writeFile(path, 'x'.repeat(31));
    await expect(loadOrCreateSecret(folder.path, log)).rejects.toThrow('holds 31 characters');
  });

  it('is closed to a group, and left as it is when nobody else may read it', async () => {
    const path = join(folder.path, 'auth-secret');
    await writeFile(path, 'x'.repeat(43));
    const modes: number[] = [];
    let warnings = 0;
    for (const mode of [0o640, 0o601, 0o400]) {
      await chmod(path, mode);
      await loadOrCreateSecret(folder.path, { ...log, warn: () => void warnings++ });
      modes.push((await stat(path)).mode & 0o777);
    }
    expect([modes, warnings]).toEqual([[0o600, 0o600, 0o400], 2]);
  });

  it('is used with a warning where its rights cannot be changed', async () => {
    const path = join(folder.path, 'auth-secret');
    await writeFile(path, 'x'.repeat(43));
    await chmod(path, 0o644);
    const warnings: object[] = [];
    const load = (code: string) => {
      vi.mocked(chmod).mockRejectedValueOnce(Object.assign(new Error(code), { code }));
      return loadOrCreateSecret(folder.path, { ...log, warn: (about: object) => warnings.push(about) });
    };
    expect([await load('EPERM'), await load('EROFS')]).toEqual(['x'.repeat(43), 'x'.repeat(43)]);
    expect(warnings).toEqual([
      { path, mode: '644' },
      { path, mode: '644' },
    ]);
    await expect(load('EIO')).rejects.toThrow('EIO');
  });

  it('is no folder', async () => {
    await mkdir(join(folder.path, 'auth-secret'));
    await expect(loadOrCreateSecret(folder.path, log)).rejects.toThrow(SecretFileError);
  });
});
