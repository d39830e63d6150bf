import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp } from './accounts-app.ts';

const filter = readFileSync(new URL('../deploy/fail2ban/filter.conf', import.meta.url), 'utf8');
const [, failregex = ''] = /^failregex = (.+)$/m.exec(filter) ?? [];

/** The expression of the filter. fail2ban puts its own expression of an address in place of <ADDR>. */
const expression = new RegExp(failregex.replace('<ADDR>', '(?<address>[0-9A-Fa-f.:]+)'));

describe('the filter of fail2ban', () => {
  let server: AccountsApp;
  beforeAll(async () => {
    server = await accountsApp();
  });
  afterAll(() => server.stop());

  it('finds the address in each line of a failed sign-in, and nothing in other lines', async () => {
    await server.visitor().signUp('Ann');
    expect((await server.visitor().signIn('Ann')).status).toBe(200);
    for (let n = 0; n < 3; n++) expect((await server.visitor().signIn('Ann', `wrong ${n} of three`)).status).toBe(401);
    const found = server.log.map((line) => expression.exec(JSON.stringify(line))?.groups?.address);
    expect(server.log.length).toBeGreaterThanOrEqual(3);
    expect(found.filter((address) => address !== undefined)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
    expect(found.every((address) => address === undefined || isIP(address) > 0)).toBe(true);
  });

  it('reads the time of the log', () => {
    expect(filter).toMatch(/^datepattern = "time":\{LEPOCH\}$/m);
    expect(server.log.every(({ time }) => typeof time === 'number' && String(time).length === 13)).toBe(true);
  });

  it('does not believe what a caller writes', async () => {
    const name = '"address":"198.51.100.9","reason":"password","msg":"sign-in failed"';
    await server.visitor().post('/api/auth/sign-in/email', { email: name, password: name }, { 'user-agent': name });
    for (const line of server.log) expect(JSON.stringify(line)).not.toMatch(/"address":"198\.51\.100\.9"/);
  });
});
