import { GraphQLError } from 'graphql';
import type { Identity } from '../accounts/accounts.ts';
import type { RequestContext } from './context.ts';
import type { ErrorCode } from './errors.ts';

/** Who may write; UNAUTHENTICATED when nobody is signed in, FORBIDDEN for an API key without the scope. */
export async function writer(context: RequestContext): Promise<Identity> {
  const who = await context.identity();
  if (who === null) {
    throw new GraphQLError('Sign in first; a guest session will do (POST /api/auth/sign-in/anonymous).', {
      extensions: { code: 'UNAUTHENTICATED' satisfies ErrorCode },
    });
  }
  requireScope(who, 'write');
  return who;
}

/** Who is signed in and may read, or null when nobody is; FORBIDDEN for an API key without the scope. */
export async function reader(context: RequestContext): Promise<Identity | null> {
  const who = await context.identity();
  if (who !== null) requireScope(who, 'read');
  return who;
}

function requireScope(who: Identity, scope: 'read' | 'write'): void {
  if (who.scopes.has(scope)) return;
  throw new GraphQLError(`The API key lacks the scope "${scope}".`, { extensions: { code: 'FORBIDDEN' satisfies ErrorCode, scope } });
}
