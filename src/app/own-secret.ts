import type { Logger } from 'pino';
import { loadOrCreateSecret } from '../accounts/auth-secret.ts';
import type { Environment } from '../environment/environment.ts';
import { storageWork } from './start-error.ts';

/** The secret in DATA_DIR, which is made when it is missing. */
export function ownSecret({ dataDirectory }: Environment, log: Logger): Promise<string> {
  return storageWork(() => loadOrCreateSecret(dataDirectory, log));
}
