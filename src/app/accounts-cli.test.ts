import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, rowsThatMention } from '../../test/accounts-app.ts';
import { parseEnvironment } from '../environment/environment.ts';
import type { AccountCommand } from './account-commands.ts';
import { runAccountCommand } from './accounts-cli.ts';

describe('npm run db, about accounts', () => {
  let server: AccountsApp;
  beforeEach(async () => {
    server = await accountsApp({ registration: 'invite' });
  });
  afterEach(() => server.stop());

  const environment = parseEnvironment({ PUBLIC_URL: 'http://films.test' });
  const run = (command: AccountCommand, email?: string, settings = environment) =>
    runAccountCommand(command, email, server.database, settings);

  it('invites the first account, names the owner, resets a password, disables and deletes', async () => {
    const [link = ''] = await run('invite');
    const ann = server.visitor();
    const invitation = link.split('#invitation=')[1];
    const about = { name: 'Ann', email: 'ann@films.test', password: 'password of Ann' };
    expect((await ann.post('/api/auth/sign-up/email', { ...about, invitation })).status).toBe(200);
    const [toBen = ''] = await run('invite', 'ben@films.test');
    const ben = server.visitor();
    const ofBen = { name: 'Ben', email: 'ben@films.test', password: 'password of Ben', invitation: toBen.split('#invitation=')[1] };
    expect((await ben.post('/api/auth/sign-up/email', ofBen)).status).toBe(200);
    expect(await run('users')).toEqual([
      expect.stringMatching(/^ann@films\.test {2}owner, since /),
      expect.stringMatching(/^ben@films\.test {2}member, since .* sessions 1, keys 0$/),
      '2 accounts, 0 guests',
    ]);
    expect(await run('make-owner', 'BEN@films.test')).toEqual(['ben@films.test owns this server']);
    const [reset = ''] = await run('reset-password', 'ann@films.test');
    const token = reset.split('#')[1];
    expect(await rowsThatMention(server.database, String(token))).toEqual([]);
    const newPassword = 'quite another password';
    expect((await ann.post('/api/auth/reset-password', { newPassword, token })).status).toBe(200);
    expect((await ann.signIn('Ann', newPassword)).status).toBe(200);
    await run('disable', 'ann@films.test');
    expect((await server.visitor().signIn('Ann', newPassword)).body.code).toBe('BANNED_USER');
    await expect(run('disable', 'ben@films.test')).rejects.toThrow('This is the last owner of the server.');
    await run('enable', 'ann@films.test');
    expect((await server.visitor().signIn('Ann', newPassword)).status).toBe(200);
    const annId = (await server.accounts.administration.accounts.findByEmail('ann@films.test'))?.id ?? '';
    await run('delete-user', 'ann@films.test');
    expect(await rowsThatMention(server.database, annId)).toEqual([]);
    const actions = (await server.accounts.administration.audit.page(100)).map(({ actor, action }) => `${actor}: ${action}`);
    expect(actions.toSorted()).toEqual(
      [
        ...['account.delete', 'account.disable', 'account.enable', 'account.reset-link', 'account.set-role'],
        ...['invitation.create', 'invitation.create'],
      ].map((action) => `command line: ${action}`),
    );
  });

  it('says that it sends no mail, on a server that does', async () => {
    const mail = { SMTP_URL: 'smtp://localhost', MAIL_FROM: 'films@films.test', PUBLIC_URL: 'http://films.test' };
    const sends = parseEnvironment(mail);
    for (const lines of [await run('invite', 'cid@films.test', sends), await run('invite', undefined, sends)])
      expect(lines.at(-1)).toBe('the command line sends no mail: hand the link over');
    expect(await run('invite')).toHaveLength(2);
  });

  it('says when there is no such account', async () => {
    await expect(run('disable', 'nobody@films.test')).rejects.toThrow('there is no account nobody@films.test');
  });
});
