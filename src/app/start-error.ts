import { SecretFileError } from '../accounts/auth-secret.ts';
import { DatabaseError } from '../database/database-error.ts';
import { DAMAGE_ADVICE } from '../database/file-check.ts';
import { isDamaged } from '../database/service-errors.ts';
import { ArtifactError } from '../engine/artifacts/artifact-error.ts';
import { EnvironmentError } from '../environment/environment.ts';
import { errorCode, errorText } from '../error-text.ts';
import { BasePathError } from '../http/base-path.ts';
import type { ListenPlace } from '../http/listen.ts';
import { operatorText } from '../service-error.ts';

/** Exit codes of the server. */
export const EXIT = { unexpected: 1, environment: 2, artifacts: 3, listen: 4, storage: 6 };

class ListenError extends Error {}
class StorageError extends Error {}

/** Writes why the server cannot start: one line for the operator, or the stack of a defect. Then ends the process. */
export function failToStart(error: unknown): never {
  const [code, message] = explain(error);
  process.stderr.write(`${message}\n`);
  // An open connection or file would keep the process alive after `process.exitCode = code`.
  process.exit(code);
}

/** Runs `work` on the database or on DATA_DIR. A problem that the operator can solve becomes one line; a defect keeps its stack. */
export async function storageWork<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const isOperational = cause instanceof DatabaseError || errorCode(cause) !== undefined;
    if (!isOperational || cause instanceof SecretFileError) throw cause;
    const advice = isDamaged(cause) ? DAMAGE_ADVICE : 'check DATA_DIR and DATABASE_URL';
    throw new StorageError(`cannot open the database: ${operatorText(cause)}; ${advice}`, { cause });
  }
}

/** Waits until the server listens. */
export async function listenWork(listening: Promise<string>, { host, port, socket }: ListenPlace): Promise<void> {
  try {
    await listening;
  } catch (cause) {
    const code = errorCode(cause);
    const why =
      code === 'EADDRINUSE'
        ? socket === undefined
          ? 'the port is in use; set PORT to another'
          : 'another server listens there; set LISTEN to another path'
        : code === 'EACCES'
          ? socket === undefined
            ? 'no permission for this port; set PORT above 1023'
            : 'no permission to make this file'
          : String(cause);
    const place = socket === undefined ? `${host.includes(':') ? `[${host}]` : host}:${port}` : `unix:${socket}`;
    throw new ListenError(`cannot listen on ${place}: ${why}`, { cause });
  }
}

function explain(error: unknown): [code: number, message: string] {
  if (error instanceof EnvironmentError || error instanceof SecretFileError || error instanceof BasePathError)
    return [EXIT.environment, error.message];
  if (error instanceof ArtifactError) return [EXIT.artifacts, `cannot serve the artifacts: ${error.message}`];
  if (error instanceof ListenError) return [EXIT.listen, error.message];
  if (error instanceof StorageError) return [EXIT.storage, error.message];
  // Some errors of libraries have an empty stack.
  return [EXIT.unexpected, (error instanceof Error && error.stack) || errorText(error)];
}
