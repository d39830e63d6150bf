import type { FastifyRequest } from 'fastify';
import type { AuditLog } from '../accounts/administration/audit-log.ts';
import { isAdministrator } from '../accounts/roles.ts';
import { HttpError } from '../http/http-error.ts';
import { csvLine } from '../library/history/csv-line.ts';
import type { RequestIdentity } from './authentication.ts';

/** The audit log for the owners and admins who ask for it. */
export function auditCsv(authenticate: RequestIdentity, audit: AuditLog): (request: FastifyRequest) => Promise<string> {
  return async (request) => {
    const identity = await authenticate(request);
    if (identity === null) throw new HttpError(401, 'UNAUTHENTICATED', 'Sign in as an admin first.');
    if (identity.via === 'api-key' || identity.isGuest || !isAdministrator(identity.role))
      throw new HttpError(403, 'FORBIDDEN', 'Only owners and admins who are signed in get the audit log. API keys do not.');
    const lines = (await audit.all()).map(({ at, actor, action, subject, detail, address }) =>
      csvLine([at.toISOString(), actor, action, subject, detail, address]),
    );
    return `${csvLine(['time', 'who', 'action', 'subject', 'detail', 'address'])}${lines.join('')}`;
  };
}
