import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { startServer } from './real-servers/cinematch.ts';
import { linkOf, RealSmtp } from './real-servers/smtp.ts';

const PASSWORD = 'hunter2-of-the-mail-server';
const USER = { name: 'films', password: PASSWORD };
const DOCTOR = fileURLToPath(new URL('../src/app/doctor.ts', import.meta.url));

async function doctor(environment: Record<string, string>): Promise<{ code: number; output: string }> {
  const args = ['--disable-warning=ExperimentalWarning', DOCTOR];
  try {
    return {
      code: 0,
      output: (await promisify(execFile)(process.execPath, args, { env: { PATH: process.env.PATH, ...environment } })).stdout,
    };
  } catch (error) {
    if (!(error instanceof Error && 'stdout' in error && 'code' in error)) throw error;
    return { code: Number(error.code), output: String(error.stdout) };
  }
}

/** As if the pauses between attempts, the first of them 30 s, were over. */
function endPauses(folder: string): void {
  const database = new DatabaseSync(join(folder, 'data', 'cinematch.sqlite'));
  database.exec('UPDATE cinematch_mail SET next_at = 0');
  database.close();
}

describe('a server with mail', () => {
  let folder: TemporaryFolder;
  let smtp: RealSmtp;
  let settings: Record<string, string>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    smtp = await RealSmtp.start(USER);
    const file = join(folder.path, 'smtp-url');
    await writeFile(file, `smtp://films:${PASSWORD}@127.0.0.1:${smtp.port}\n`);
    settings = { SMTP_URL_FILE: file, MAIL_FROM: 'films@films.example', PUBLIC_URL: 'https://films.example', LOG_LEVEL: 'trace' };
  });
  afterAll(async () => {
    await smtp.down();
    await folder.remove();
  });
  const send = (url: string, path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://films.example' },
      body: JSON.stringify(body),
    });

  it('sends after a restart, and after a kill, what it could not send before; the log has no secret and no address', async () => {
    await smtp.down();
    let output = '';
    const first = await startServer(folder.path, settings);
    const about = { name: 'Ann', email: 'ann@films.example', password: 'password of Ann' };
    expect((await send(first.url, '/api/auth/sign-up/email', about)).status).toBe(200);
    await expect.poll(() => first.output()).toContain('a mail could not be sent: it waits');
    output += first.output();
    await first.end();
    const second = await startServer(folder.path, settings);
    expect((await send(second.url, '/api/auth/request-password-reset', { email: about.email })).status).toBe(200);
    await expect.poll(() => second.output(), { timeout: 20_000 }).toContain('a mail could not be sent: it waits');
    output += second.output();
    await second.end('SIGKILL');
    await smtp.up();
    endPauses(folder.path);
    const third = await startServer(folder.path, settings);
    await expect.poll(() => smtp.to('ann@films.example').length, { timeout: 60_000, interval: 200 }).toBe(2);
    output += third.output();
    const reset = smtp.received.find(({ subject }) => /password/.test(subject ?? ''));
    const token = linkOf(reset).hash.slice(1);
    expect((await send(third.url, '/api/auth/reset-password', { token, newPassword: 'quite another password' })).status).toBe(200);
    expect((await send(third.url, '/api/auth/sign-in/email', { ...about, password: 'quite another password' })).status).toBe(200);
    await third.end();
    output += third.output();
    expect(output).toContain('a mail was sent');
    for (const secret of [PASSWORD, about.email, token]) expect(output).not.toContain(secret);
  }, 150_000);

  it('is checked by the doctor', async () => {
    const sound = { DATA_DIR: join(folder.path, 'data'), ARTIFACTS_DIR: join(folder.path, 'artifacts') };
    expect((await doctor(sound)).output).toMatch(/^ok +mail +not configured/m);
    expect((await doctor({ ...sound, ...settings })).output).toMatch(/^ok +mail +the mail server 127\.0\.0\.1:\d+ answered after \d+ ms$/m);
    const wrong = await doctor({ ...sound, ...settings, SMTP_URL_FILE: '', SMTP_URL: `smtp://films:wrong-secret@127.0.0.1:${smtp.port}` });
    expect([wrong.code, wrong.output]).toEqual([
      1,
      expect.stringMatching(/^problem +mail +.* cannot be used: .*\n +-> check the host, port/m),
    ]);
    expect(wrong.output).not.toContain('wrong-secret');
    const away = await doctor({ ...sound, ...settings, SMTP_URL_FILE: '', SMTP_URL: 'smtp://127.0.0.1:1' });
    expect(away.output).toMatch(/^problem +mail +.*ECONNREFUSED/m);
    const refused = await doctor({ ...sound, SMTP_URL: 'mail.example.org' });
    expect([refused.code, refused.output]).toEqual([
      2,
      expect.stringMatching(/^problem +settings +SMTP_URL=mail\.example\.org: expected e\.g\. smtps:/m),
    ]);
  });

  it('loads the mail package only then', async () => {
    const hook = join(folder.path, 'hook.mjs');
    await writeFile(
      hook,
      `import { registerHooks } from 'node:module';
       registerHooks({ load(url, context, next) { if (url.includes('/node_modules/nodemailer/')) process.stderr.write('loaded nodemailer\\n'); return next(url, context); } });`,
    );
    const loads = async (environment: Record<string, string>): Promise<boolean> => {
      const server = await startServer(join(folder.path, 'loads'), { NODE_OPTIONS: `--import ${hook}`, ...environment });
      await server.end();
      return server.output().includes('loaded nodemailer');
    };
    expect(await loads({})).toBe(false);
    expect(await loads(settings)).toBe(true);
  });
});
