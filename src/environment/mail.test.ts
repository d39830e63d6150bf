import { describe, expect, it } from 'vitest';
import { parseEnvironment } from './environment.ts';

const REST = { MAIL_FROM: 'CineMatch <films@example.org>', PUBLIC_URL: 'https://films.example/films' };
const mailOf = (SMTP_URL: string, more: Record<string, string> = {}) => parseEnvironment({ ...REST, SMTP_URL, ...more }).mail;
const problemOf = (environment: Record<string, string>): string => {
  try {
    parseEnvironment(environment);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('the settings of mail', () => {
  it('are none without SMTP_URL', () => {
    expect(parseEnvironment(REST).mail).toBeUndefined();
  });

  it('name a server with TLS from the start or with STARTTLS, and the user', () => {
    expect(mailOf('smtps://films:p%40ss%2Fword@mail.example.org')).toEqual({
      host: 'mail.example.org',
      port: 465,
      tlsFromStart: true,
      requireTls: true,
      user: { name: 'films', password: 'p@ss/word' },
      from: 'CineMatch <films@example.org>',
      ownHost: 'films.example',
      perAddress: 5,
      perHour: 200,
    });
    expect(mailOf('smtp://mail.example.org:25', { MAIL_PER_HOUR: '10' })).toMatchObject({
      port: 25,
      tlsFromStart: false,
      requireTls: false,
      user: undefined,
      perHour: 10,
    });
    expect(mailOf('smtp://[::1]')).toMatchObject({ host: '::1', port: 587 });
  });

  it.each([
    ['smtp://a:b@mail.example.org', true],
    ['smtp://a:b@localhost', false],
    ['smtp://a:b@127.0.0.1:2525', false],
    ['smtp://a:b@mail.example.org?starttls=optional', false],
    ['smtp://mail.example.org?starttls=required', true],
  ])('%s requires STARTTLS: %s', (url, expected) => {
    expect(mailOf(url)?.requireTls).toBe(expected);
  });

  it.each([
    ['mail.example.org', /^SMTP_URL=mail\.example\.org: expected e\.g\. smtps:/],
    ['https://mail.example.org', /expected e\.g\. smtps:/],
    ['smtp://', /expected e\.g\. smtps:/],
    ['smtp://user@mail.example.org', /set both user and password, or none/],
    ['smtp://u:100%@mail.example.org', /write % in a user or password as %25/],
    ['smtp://mail.example.org/inbox', /nothing after the host and port/],
    ['smtp://mail.example.org?pool=true', /"pool" cannot be set so; expected starttls=required or starttls=optional/],
  ])('%s is refused in one line', (url, expected) => {
    const problem = problemOf({ ...REST, SMTP_URL: url });
    expect(problem).toMatch(expected);
    expect(problem.split('\n')).toHaveLength(1);
  });

  it.each(['smtp://films:hunter2@mail.example.org/x', 'smtp:films:hunter2@mail', 'films:hunter2@mail.example.org'])(
    '%s is shown without its password',
    (url) => {
      const problem = problemOf({ ...REST, SMTP_URL: url });
      expect(problem).toMatch(/^SMTP_URL=.*\*\*\*@mail/);
      expect(problem).not.toContain('hunter2');
    },
  );

  it('need a sender and the address of the server', () => {
    for (const missing of ['MAIL_FROM', 'PUBLIC_URL'])
      expect(problemOf({ ...REST, SMTP_URL: 'smtp://localhost', [missing]: '' })).toMatch(/^SMTP_URL=.*: set MAIL_FROM and PUBLIC_URL too/);
    for (const from of ['films', 'a@b, c@d', 'x <y>', 'Films\nBcc: e@evil.test <a@b>'])
      expect(problemOf({ ...REST, SMTP_URL: 'smtp://localhost', MAIL_FROM: from })).toMatch(/^MAIL_FROM=/);
  });
});
