import { randomBytes } from 'node:crypto';
import type { AccountWrites } from './administration/administration.ts';
import type { createAuth, offlineAuth } from './auth.ts';

const TOKEN_BYTES = 32;

/** Lets the auth library delete accounts and sessions, so that its hooks run. `auth` is replaced when the OpenID provider answers. */
export function accountWrites(auth: () => ReturnType<typeof createAuth> | ReturnType<typeof offlineAuth>): AccountWrites {
  const adapter = async () => (await auth().$context).internalAdapter;
  return {
    async endSessions(userId) {
      await (await adapter()).deleteUserSessions(userId);
    },
    async deleteUser(userId) {
      await (await adapter()).deleteUser(userId);
    },
    // The name is that of the auth library: POST /api/auth/reset-password takes the token.
    async storeResetToken(userId, expiresAt) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      await (await adapter()).createVerificationValue({ identifier: `reset-password:${token}`, value: userId, expiresAt });
      return token;
    },
  };
}
