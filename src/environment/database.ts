import { join } from 'node:path';
import { z } from 'zod';
import type { DatabaseSettings } from '../database/database.ts';
import { isReadable, problem, wholeNumber } from './values.ts';

const FILE_NAME = 'cinematch.sqlite';

export const databaseVariables = {
  DATABASE_URL: z
    .string()
    .trim()
    .refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url), 'expected e.g. postgresql://user:password@host:5432/cinematch')
    .superRefine(checkFiles)
    .optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 1_000, 10),
  DATABASE_TIMEOUT_MS: wholeNumber(100, 600_000, 15_000),
  DATABASE_WAIT_MS: wholeNumber(0, 3_600_000, 60_000),
};

type DatabaseVariables = z.output<z.ZodObject<typeof databaseVariables>> & { DATA_DIR: string };

export function databaseSettings(env: DatabaseVariables): DatabaseSettings {
  if (env.DATABASE_URL === undefined) return { kind: 'sqlite', file: join(env.DATA_DIR, FILE_NAME) };
  return { kind: 'postgres', url: env.DATABASE_URL, poolSize: env.DATABASE_POOL_SIZE, statementTimeoutMs: env.DATABASE_TIMEOUT_MS };
}

/** "sqlite:FILE" or "postgres:URL", as commands name a database. Undefined for anything else. */
export function databaseAddress(text: string): DatabaseSettings | undefined {
  const file = /^sqlite:(.+)$/.exec(text)?.[1];
  if (file !== undefined) return { kind: 'sqlite', file };
  const url = text.replace(/^postgres:(?=postgres(ql)?:\/\/)/, '');
  return databaseVariables.DATABASE_URL.safeParse(url).success ? { kind: 'postgres', url, poolSize: 1 } : undefined;
}

/** The certificates and keys that the URL names. */
function checkFiles(url: string, context: z.RefinementCtx): void {
  if (!URL.canParse(url)) return;
  const { searchParams } = new URL(url);
  for (const name of ['sslrootcert', 'sslcert', 'sslkey']) {
    const file = searchParams.get(name) ?? '';
    // libpq knows "system": the certificates of the system.
    if (file !== '' && file !== 'system' && !isReadable(file)) problem(context, `${name}=${file}: this file cannot be read`);
  }
}
