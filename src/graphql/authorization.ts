import { GraphQLError } from 'graphql';
import type { Identity } from '../accounts/accounts.ts';
import type { RequestContext } from './context.ts';
import type { ErrorCode } from './errors.ts';

/** Who may write; UNAUTHENTICATED when nobody is signed in, FORBIDDEN for an API key without the scope. */
export async function requireWriter(context: RequestContext): Promise<Identity> {
  const identity = await context.identity();
  if (identity === null) {
    throw new GraphQLError('Sign in first; a guest session will do (POST /api/auth/sign-in/anonymous).', {
      extensions: { code: 'UNAUTHENTICATED' satisfies ErrorCode },
    });
  }
  requireScope(identity, 'write');
  return identity;
}

/** Who is signed in and may read, or null when nobody is; FORBIDDEN for an API key without the scope. */
export async function optionalReader(context: RequestContext): Promise<Identity | null> {
  const identity = await context.identity();
  if (identity !== null) requireScope(identity, 'read');
  return identity;
}

function requireScope(identity: Identity, scope: 'read' | 'write'): void {
  if (identity.scopes.has(scope)) return;
  throw new GraphQLError(`The API key lacks the scope "${scope}".`, { extensions: { code: 'FORBIDDEN' satisfies ErrorCode, scope } });
}
