import { z } from 'zod';
import type { MailLimits } from '../mail/mail-queue.ts';
import type { SmtpSettings } from '../mail/smtp-transport.ts';
import { problem, wholeNumber } from './values.ts';

const MAX_AN_HOUR = 1_000_000;
const SCHEMES = ['smtp:', 'smtps:'];
const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };
const STARTTLS = ['required', 'optional'];
const EXPECTED = 'expected e.g. smtps://user:password@mail.example.org or smtp://user:password@mail.example.org:587';
/** "films@example.org" or "CineMatch <films@example.org>". */
const SENDER = /^(?:[^<>"\r\n]{1,100} <([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))$/;

export interface MailSettings extends SmtpSettings, MailLimits {}

export const mailVariables = {
  SMTP_URL: z.string().trim().superRefine(checkUrl).optional(),
  MAIL_FROM: z.string().trim().regex(SENDER, 'expected an address, e.g. films@example.org or CineMatch <films@example.org>').optional(),
  MAIL_PER_ADDRESS: wholeNumber(1, MAX_AN_HOUR, 5),
  MAIL_PER_HOUR: wholeNumber(1, MAX_AN_HOUR, 200),
};

type MailVariables = z.output<z.ZodObject<typeof mailVariables>> & { PUBLIC_URL?: string | undefined };

/** Arguments for `refine`: mail needs a sender, and an address for its links. */
export const MAIL_IS_WHOLE: readonly [
  (env: Partial<Record<string, unknown>>) => boolean,
  { path: string[]; message: string; when(): boolean },
] = [
  (env) => env.SMTP_URL === undefined || (env.MAIL_FROM !== undefined && env.PUBLIC_URL !== undefined),
  { path: ['SMTP_URL'], message: 'set MAIL_FROM and PUBLIC_URL too: mails need a sender, and their links an address', when: () => true },
];

/** Undefined when the server sends no mail. */
export function mailSettings(env: MailVariables): MailSettings | undefined {
  if (env.SMTP_URL === undefined || env.MAIL_FROM === undefined || env.PUBLIC_URL === undefined) return undefined;
  const { protocol, hostname, port, username, password, searchParams } = new URL(env.SMTP_URL);
  const host = hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: port === '' ? (PORTS[protocol] ?? 587) : Number(port),
    tlsFromStart: protocol === 'smtps:',
    // A password in clear text stays on this machine.
    requireTls: searchParams.get('starttls') === 'required' || (username !== '' && searchParams.get('starttls') === null && !isOwn(host)),
    user: username === '' ? undefined : { name: decodeURIComponent(username), password: decodeURIComponent(password) },
    from: env.MAIL_FROM,
    ownHost: new URL(env.PUBLIC_URL).hostname,
    perAddress: env.MAIL_PER_ADDRESS,
    perHour: env.MAIL_PER_HOUR,
  };
}

function checkUrl(text: string, context: z.RefinementCtx): void {
  if (!URL.canParse(text) || !SCHEMES.includes(new URL(text).protocol) || new URL(text).hostname === '') {
    problem(context, EXPECTED);
    return;
  }
  const { pathname, hash, username, password, searchParams } = new URL(text);
  if (!['', '/'].includes(pathname) || hash !== '') problem(context, `expected nothing after the host and port; ${EXPECTED}`);
  if ((username === '') !== (password === '')) problem(context, 'set both user and password, or none');
  if (!isEncoded(username) || !isEncoded(password)) problem(context, 'write % in a user or password as %25');
  for (const [name, value] of searchParams)
    if (name !== 'starttls' || !STARTTLS.includes(value))
      problem(context, `"${name}" cannot be set so; expected starttls=required or starttls=optional`);
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function isOwn(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
