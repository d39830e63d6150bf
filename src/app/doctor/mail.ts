import type { Environment } from '../../environment/environment.ts';
import { errorText } from '../../error-text.ts';
import { openSmtp } from '../../mail/smtp-transport.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** Whether the mail server takes the connection and the password. Sends nothing. */
export async function checkMail({ mail }: Environment): Promise<Finding[]> {
  if (mail === undefined) return [ok('not configured: links for forgotten passwords are made on /owner and by "npm run db"')];
  const place = `${mail.host}:${mail.port}`;
  const transport = await openSmtp(mail);
  try {
    const began = performance.now();
    await transport.verify();
    const findings = [ok(`the mail server ${place} answered after ${Math.round(performance.now() - began)} ms`)];
    if (mail.user !== undefined && !mail.tlsFromStart && !mail.requireTls)
      return [
        ...findings,
        warning('the password may be sent in clear text', 'use smtps://, or leave starttls=optional out, unless it is on this machine'),
      ];
    return findings;
  } catch (error) {
    return [
      problem(
        `the mail server ${place} cannot be used: ${errorText(error)}`,
        'check the host, port, user and password of SMTP_URL; smtps:// is TLS from the start, usually on port 465',
      ),
    ];
  } finally {
    transport.close();
  }
}
