import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { findPostgres, type RealPostgres, startPostgres } from './real-servers/postgres.ts';
import { linkOf, RealSmtp } from './real-servers/smtp.ts';

const ORIGIN = 'https://films.example';
const SECRET = 'a secret that both servers of this test share';
const DATABASE_CLI = fileURLToPath(new URL('../src/app/database-cli.ts', import.meta.url));
/** What a server remembers of credentials, and a little more. */
const NOTICED_MS = 5_500;

/** A browser with a cookie. */
class Browser {
  #cookie = '';

  async send(server: RunningServer, path: string, body?: object, headers: Record<string, string> = {}) {
    const response = await fetch(`${server.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        origin: ORIGIN,
        'content-type': 'application/json',
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookies = response.headers.getSetCookie().map((each) => each.split(';', 1)[0] ?? '');
    if (cookies.length > 0) this.#cookie = cookies.join('; ');
    return { status: response.status, body: await response.json() };
  }

  async ask(server: RunningServer, query: string, headers: Record<string, string> = {}) {
    return (await this.send(server, '/graphql', { query }, headers)).body;
  }

  signUp(server: RunningServer, name: string, invitation?: string) {
    const about = { name, email: `${name}@films.example`, password: `the password of ${name}` };
    return this.send(server, '/api/auth/sign-up/email', { ...about, ...(invitation === undefined ? {} : { invitation }) });
  }

  async signIn(server: RunningServer, name: string, password: string): Promise<number> {
    return (await this.send(server, '/api/auth/sign-in/email', { email: `${name}@films.example`, password })).status;
  }
}

/** Plays the first days of a server, from an empty folder, on two servers of one database. */
function ownershipJourney(place: (folder: string) => Promise<Record<string, string>>): void {
  let folder: TemporaryFolder | undefined;
  const running: RunningServer[] = [];
  let smtp: RealSmtp | undefined;
  afterAll(async () => {
    for (const server of running) await server.end();
    await smtp?.down();
    await folder?.remove();
  });

  it('the first account owns, invites, closes and disables; a forgotten password comes back in three ways', async () => {
    folder = await temporaryFolder();
    smtp = await RealSmtp.start();
    const environment = {
      ...(await place(folder.path)),
      AUTH_SECRET: SECRET,
      PUBLIC_URL: ORIGIN,
      SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAIL_FROM: 'films@films.example',
      REGISTRATION: '',
      RATE_LIMIT: 'off',
    };
    const mailed = smtp;
    const start = async (name: string): Promise<RunningServer> => {
      const server = await startServer(join(folder?.path ?? '', name), environment);
      running.push(server);
      return server;
    };
    const [one, two] = [await start('one'), await start('two')];
    const [ann, ben, cid] = [new Browser(), new Browser(), new Browser()];

    expect((await ann.signUp(one, 'ann')).status).toBe(200);
    expect((await ann.ask(two, '{ viewer { role } }')).data.viewer.role).toBe('OWNER');
    expect((await ben.signUp(two, 'ben')).body.code).toBe('INVITATION_REQUIRED');
    const invited = await ann.ask(one, 'mutation { createInvitation { url } second: createInvitation { url } }');
    const [link, second] = [invited.data.createInvitation.url, invited.data.second.url].map((url) => new URL(url).hash.split('=')[1]);
    expect((await ben.signUp(two, 'ben', link)).status).toBe(200);
    expect((await ann.ask(two, 'mutation { setRegistration(mode: CLOSED) { mode } }')).data.setRegistration.mode).toBe('CLOSED');
    const refused = await cid.signUp(one, 'cid', second);
    expect(refused).toMatchObject({ status: 403, body: { code: 'REGISTRATION_CLOSED', message: 'This server takes no new accounts.' } });

    const benId = (await ben.ask(one, '{ viewer { id } }')).data.viewer.id;
    const choose = async (server: RunningServer, token: string, newPassword: string): Promise<void> => {
      expect((await cid.send(server, '/api/auth/reset-password', { token, newPassword })).status).toBe(200);
      expect(await ben.signIn(server, 'ben', newPassword)).toBe(200);
    };
    // By the owner's link.
    const made = await ann.ask(one, `mutation { createPasswordResetLink(userId: "${benId}") { url } }`);
    await choose(two, new URL(made.data.createPasswordResetLink.url).hash.slice(1), 'a password by the link');
    // By mail.
    const passwordMails = () => mailed.to('ben@films.example').filter(({ subject }) => /new password/.test(subject ?? ''));
    await expect.poll(() => passwordMails().length, { timeout: 20_000 }).toBe(1);
    expect((await cid.send(one, '/api/auth/request-password-reset', { email: 'ben@films.example' })).status).toBe(200);
    await expect.poll(() => passwordMails().length, { timeout: 20_000 }).toBe(2);
    await choose(one, linkOf(passwordMails()[1]).hash.slice(1), 'a password by the mail');
    // Either server tells how the mail fares.
    for (const server of [one, two])
      await expect
        .poll(
          async () => (await ann.ask(server, '{ admin { server { mail { waiting sentAt failedAt failure } } } }')).data.admin.server.mail,
        )
        .toEqual({ waiting: 0, sentAt: expect.stringMatching(/^\d{4}-/), failedAt: null, failure: null });
    // By the command line.
    const args = ['--disable-warning=ExperimentalWarning', DATABASE_CLI, 'reset-password', 'ben@films.example'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env: { PATH: process.env.PATH, ...environment } });
    expect(stderr).toBe('');
    await choose(two, /reset-password#([\w-]+)/.exec(stdout)?.[1] ?? '', 'a password by the command line');

    // Session, key and token end on both servers.
    const { token } = (await ben.send(one, '/api/auth/token')).body;
    const { key } = (await ben.send(one, '/api/auth/api-key/create', { name: 'a program' })).body;
    const ways: Record<string, Record<string, string>> = {
      session: {},
      token: { authorization: `Bearer ${token}` },
      key: { 'x-api-key': key },
    };
    const who = async (server: RunningServer, way: string): Promise<unknown> => {
      const browser = way === 'session' ? ben : new Browser();
      return (await browser.ask(server, '{ viewer { email } }', ways[way])).data?.viewer?.email ?? null;
    };
    // Several requests at a time reach several threads.
    const asked = [one, two].flatMap((server) => Object.keys(ways).flatMap((way) => Array.from({ length: 4 }, () => ({ server, way }))));
    const everywhere = () => Promise.all(asked.map(({ server, way }) => who(server, way)));
    expect(new Set(await everywhere())).toEqual(new Set(['ben@films.example']));
    const since = performance.now();
    expect((await ann.ask(one, `mutation { disableAccount(userId: "${benId}") { disabled } }`)).data.disableAccount.disabled).toBe(true);
    await expect.poll(async () => new Set(await everywhere()), { timeout: NOTICED_MS, interval: 200 }).toEqual(new Set([null]));
    expect(performance.now() - since).toBeLessThan(2 * NOTICED_MS);
    expect(await ben.signIn(two, 'ben', 'a password by the command line')).toBe(403);

    // The last owner stays.
    const annId = (await ann.ask(one, '{ viewer { id } }')).data.viewer.id;
    const demoted = await ann.ask(two, `mutation { setAccountRole(userId: "${annId}", role: MEMBER) { role } }`);
    expect(demoted.errors[0].extensions.code).toBe('LAST_OWNER');
    expect((await ann.send(one, '/api/auth/delete-user', { password: 'the password of ann' })).body.code).toBe('LAST_OWNER');
  }, 120_000);
}

describe('a server from an empty folder, on SQLite with two servers of two threads', () => {
  ownershipJourney(async (folder) => ({ DATA_DIR: join(folder, 'data'), WORKERS: '2' }));
});

const { path: postgresPath, hint } = findPostgres();
describe.skipIf(postgresPath === undefined)(`a server from an empty database, on PostgreSQL with two servers (${hint})`, () => {
  let postgres: RealPostgres;
  afterAll(() => postgres?.stop());
  ownershipJourney(async (folder) => {
    postgres = await startPostgres(postgresPath ?? '');
    return { DATABASE_URL: await postgres.createDatabase('owned'), DATA_DIR: join(folder, 'data') };
  });
});
