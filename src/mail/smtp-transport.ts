import { MailFailure, type MailTransport, type OutgoingMail } from './mail-transport.ts';

export interface SmtpSettings {
  host: string;
  port: number;
  /** TLS from the first byte. Otherwise the connection begins in clear text, and STARTTLS follows when the mail server offers it. */
  tlsFromStart: boolean;
  /** Refuses a mail server that offers no STARTTLS. */
  requireTls: boolean;
  user: { name: string; password: string } | undefined;
  /** The sender, as "CineMatch <films@example.org>". */
  from: string;
  /** The host of this server, for the greeting and in the ids of mails. */
  ownHost: string;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;
const MAX_REASON = 200;
const PERMANENT = 500;
/** Refusals of a mail or its address. Others, such as a wrong password, end when the operator mends the settings. */
const ABOUT_THE_MAIL: readonly unknown[] = ['EENVELOPE', 'EMESSAGE'];

/** Sends through the mail server of SMTP_URL. Loads nodemailer, which a server without mail never does. */
export async function openSmtp({ host, port, tlsFromStart, requireTls, user, from, ownHost }: SmtpSettings): Promise<MailTransport> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    secure: tlsFromStart,
    requireTLS: requireTls,
    name: ownHost,
    ...(user === undefined ? {} : { auth: { user: user.name, pass: user.password } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const failure = (error: unknown, address?: string): MailFailure => {
    const { code, responseCode, message } = detailsOf(error);
    const hidden = [user?.password, user?.name, address].filter((secret) => secret !== undefined && secret !== '');
    const reason = hidden.reduce<string>((text, secret) => text.replaceAll(secret ?? '', '***'), message);
    const isOfMail = ABOUT_THE_MAIL.includes(code) && responseCode !== undefined;
    const kind = isOfMail ? (responseCode >= PERMANENT ? 'never' : 'later') : 'server';
    return new MailFailure(reason.replaceAll(/\s+/g, ' ').slice(0, MAX_REASON), kind);
  };
  return {
    async send({ id, address, subject, text, html }: OutgoingMail) {
      try {
        await transport.sendMail({
          from,
          // As an object: a text could name several addresses.
          to: { name: '', address },
          subject,
          text,
          html,
          messageId: `<${id}@${ownHost}>`,
          // No automatic answers, such as notices of absence.
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw failure(error, address);
      }
    },
    async verify() {
      try {
        await transport.verify();
      } catch (error) {
        throw failure(error);
      }
    },
    close: () => transport.close(),
  };
}

function detailsOf(error: unknown): { code?: unknown; responseCode?: number; message: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? error.code : undefined;
  const responseCode = 'responseCode' in error && typeof error.responseCode === 'number' ? { responseCode: error.responseCode } : {};
  return { code, ...responseCode, message: error.message };
}
