import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditLog } from '../accounts/administration/audit-log.ts';
import { isAdministrator } from '../accounts/roles.ts';
import type { AuditRoute } from '../http/audit-route.ts';
import { HttpError } from '../http/http-error.ts';
import { csvLine } from '../library/history/csv-line.ts';
import type { RequestIdentity } from './authentication.ts';

/** The audit log for the owners and admins who ask for it. */
export function auditCsv(authenticate: RequestIdentity, audit: AuditLog): Omit<AuditRoute, 'pay'> {
  return {
    async authorize(request) {
      const identity = await authenticate(request);
      if (identity === null) throw new HttpError(401, 'UNAUTHENTICATED', 'Sign in as an admin first.');
      if (identity.via === 'api-key' || identity.isGuest || !isAdministrator(identity.role))
        throw new HttpError(403, 'FORBIDDEN', 'Only owners and admins who are signed in get the audit log. API keys do not.');
    },
    count: () => audit.count(),
    async csv(check) {
      const pieces = [Buffer.from(csvLine(['time', 'who', 'action', 'subject', 'detail', 'address']))];
      for await (const page of audit.pages()) {
        const lines = page.map(({ at, actor, action, subject, detail, address }) =>
          csvLine([at.toISOString(), actor, action, subject, detail, address]),
        );
        pieces.push(Buffer.from(lines.join('')));
        await nextTurn();
        check();
      }
      return pieces;
    },
  };
}
