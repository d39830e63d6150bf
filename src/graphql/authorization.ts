import { GraphQLError } from 'graphql';
import type { Identity } from '../accounts/identity.ts';
import type { RequestContext } from './context.ts';
import type { ErrorCode } from './errors.ts';

/** The user of a request that may write. Throws UNAUTHENTICATED when signed out, FORBIDDEN for an API key without the scope. */
export async function requireWriter(context: RequestContext): Promise<Identity> {
  const identity = await context.identity();
  if (identity === null) {
    throw new GraphQLError('Sign in first. A guest session is enough (POST /api/auth/sign-in/anonymous).', {
      extensions: { code: 'UNAUTHENTICATED' satisfies ErrorCode },
    });
  }
  requireScope(identity, 'write');
  return identity;
}

/** The user of a request that may read, or null when signed out. Throws FORBIDDEN for an API key without the scope. */
export async function optionalReader(context: RequestContext): Promise<Identity | null> {
  const identity = await context.identity();
  if (identity !== null) requireScope(identity, 'read');
  return identity;
}

function requireScope(identity: Identity, scope: 'read' | 'write'): void {
  if (identity.scopes.has(scope)) return;
  throw new GraphQLError(`The API key lacks the scope "${scope}".`, { extensions: { code: 'FORBIDDEN' satisfies ErrorCode, scope } });
}
