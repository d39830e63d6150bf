import { readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { parseEnvironment } from './environment.ts';
import { SECRETS, withSecretFiles } from './secret-files.ts';

const SECRET = 'a secret of thirty-two characters or more';

describe('a secret in a file', () => {
  let folder: TemporaryFolder;
  let file: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    file = join(folder.path, 'secret');
    await writeFile(file, `  ${SECRET}\n`);
  });
  afterAll(() => folder.remove());

  it.each(SECRETS)('%s_FILE is read', (name) => {
    expect(withSecretFiles({ [`${name}_FILE`]: file })).toEqual({ values: { [`${name}_FILE`]: file, [name]: SECRET }, problems: [] });
  });

  it('counts as the variable itself', async () => {
    const url = join(folder.path, 'url');
    await writeFile(url, 'postgres://films@db.example/films\n');
    const { accounts, database, metrics } = parseEnvironment({
      AUTH_SECRET_FILE: file,
      DATABASE_URL_FILE: url,
      METRICS_TOKEN_FILE: file,
    });
    expect(accounts.secret).toBe(SECRET);
    expect(database).toMatchObject({ kind: 'postgres', url: 'postgres://films@db.example/films' });
    expect(metrics?.token).toBe(SECRET);
  });

  it('is checked as the variable is, and never shown', async () => {
    const short = join(folder.path, 'short');
    await writeFile(short, 'too short');
    expect(() => parseEnvironment({ AUTH_SECRET_FILE: short })).toThrow(/^AUTH_SECRET=\*\*\*: expected 32 characters or more/);
  });

  it('and in its variable is one too many', () => {
    const wrong = (): unknown => parseEnvironment({ AUTH_SECRET: SECRET, AUTH_SECRET_FILE: file, PORT: 'x' });
    expect(wrong).toThrow(`AUTH_SECRET_FILE=${file}: set only one of AUTH_SECRET and AUTH_SECRET_FILE (.env.example tells more)`);
    expect(wrong).toThrow(/\nPORT=x: /);
  });

  it('that cannot be read is named, with what is wrong', async () => {
    const empty = join(folder.path, 'empty');
    await writeFile(empty, ' \n');
    const large = join(folder.path, 'large');
    await writeFile(large, 'x'.repeat(65_537));
    const inside = join(folder.path, 'folder');
    await mkdir(inside);
    const closed = join(folder.path, 'closed');
    await writeFile(closed, SECRET);
    await chmod(closed, 0o000);
    const problemOf = (path: string): string => withSecretFiles({ AUTH_SECRET_FILE: path }).problems.join();
    expect(problemOf('/nowhere/secret')).toContain('this file cannot be read (ENOENT)');
    expect(problemOf(inside)).toContain('this file cannot be read (EISDIR)');
    expect(problemOf(empty)).toContain('this file is empty');
    expect(problemOf(large)).toContain('this file has more than 65536 bytes; it holds no secret');
    // Root reads every file.
    if (process.getuid?.() !== 0) expect(problemOf(closed)).toContain('this file cannot be read (EACCES)');
  });

  it('is documented for each of them', () => {
    const page = readFileSync(new URL('../../docs/reference/settings.md', import.meta.url), 'utf8');
    expect(SECRETS.filter((name) => !page.includes(`${name}_FILE`))).toEqual([]);
  });
});
