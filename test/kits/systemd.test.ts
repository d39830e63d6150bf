import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../fixture-release.ts';
import { realProgram } from '../real-servers/debian-package.ts';

const KIT = 'deploy/systemd';
/** 0 is closed, 10 is open. systemd calls 2 to 4.9 medium. */
const MAX_EXPOSURE = 2;
const analyze = realProgram(['systemd-analyze'], 'systemd');
const units = readdirSync(KIT);
const services = units.filter((name) => name.endsWith('.service'));

it('every timer has its service, and the server has none', () => {
  const timers = units.filter((name) => name.endsWith('.timer')).map((name) => name.replace('.timer', '.service'));
  expect(timers.sort()).toEqual(services.filter((name) => name !== 'cinematch.service').sort());
});

describe.skipIf(analyze.path === undefined)(`the units of ${KIT} (${analyze.hint})`, () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
    mkdirSync(folder.path, { recursive: true });
  });
  afterAll(() => folder.remove());

  /** systemd-analyze looks whether the program is there: it is that of this test. */
  const installed = (edit = (text: string) => text): string[] =>
    units.map((name) => {
      const file = join(folder.path, name);
      copyFileSync(join(KIT, name), file);
      writeFileSync(file, edit(readFileSync(file, 'utf8').replaceAll('/opt/cinematch/node_modules/.bin/node', process.execPath)));
      return file;
    });
  const verify = (files: string[]): string => spawnSync(analyze.path ?? '', ['verify', ...files], { encoding: 'utf8' }).stderr;

  it('are understood by systemd', () => {
    expect(verify(installed())).toBe('');
    expect(verify(installed((text) => text.replace('NoNewPrivileges', 'NoNewPrivilege')))).toContain("Unknown key 'NoNewPrivilege'");
  });

  it.each(services)('%s can do little harm', (name) => {
    const { stdout } = spawnSync(analyze.path ?? '', ['security', '--offline=true', join(KIT, name)], { encoding: 'utf8' });
    const [, exposure] = /Overall exposure level for \S+ (\d+\.\d+)/.exec(stdout) ?? [];
    expect(Number(exposure)).toBeLessThan(MAX_EXPOSURE);
  });
});
