import { GraphQLError } from 'graphql';
import type { Administrator } from '../accounts/administration/administration.ts';
import type { Identity } from '../accounts/identity.ts';
import { isAdministrator } from '../accounts/roles.ts';
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

/** The account of a request that may make and end its credentials. Guests and API keys may not. */
export async function requireAccount(context: RequestContext): Promise<Identity> {
  const identity = await requireWriter(context);
  if (!identity.isGuest && identity.via !== 'api-key') return identity;
  throw new GraphQLError('Only accounts that are signed in may do this. Guests and API keys may not.', {
    extensions: { code: 'FORBIDDEN' satisfies ErrorCode },
  });
}

/** The user of a request that may read, or null when signed out. Throws FORBIDDEN for an API key without the scope. */
export async function optionalReader(context: RequestContext): Promise<Identity | null> {
  const identity = await context.identity();
  if (identity !== null) requireScope(identity, 'read');
  return identity;
}

/** The owner or admin of a request. Throws UNAUTHENTICATED when signed out, FORBIDDEN for members, guests and API keys. */
export async function requireAdministrator(context: RequestContext): Promise<Administrator> {
  const identity = await context.identity();
  if (identity === null)
    throw new GraphQLError('Sign in as an admin first.', { extensions: { code: 'UNAUTHENTICATED' satisfies ErrorCode } });
  if (identity.via === 'api-key' || identity.isGuest || !isAdministrator(identity.role))
    throw new GraphQLError('Only owners and admins who are signed in may do this. API keys may not.', {
      extensions: { code: 'FORBIDDEN' satisfies ErrorCode },
    });
  return {
    id: identity.userId,
    name: identity.email ?? identity.name,
    role: identity.role,
    address: context.address,
    acceptLanguage: context.acceptLanguage,
  };
}

function requireScope(identity: Identity, scope: 'read' | 'write'): void {
  if (identity.scopes.has(scope)) return;
  throw new GraphQLError(`The API key lacks the scope "${scope}".`, { extensions: { code: 'FORBIDDEN' satisfies ErrorCode, scope } });
}
