import { join } from 'node:path';
import { z } from 'zod';
import type { DatabaseSettings } from '../database/database.ts';
import { wholeNumber } from './values.ts';

const FILE_NAME = 'cinematch.sqlite';

export const databaseVariables = {
  DATABASE_URL: z
    .string()
    .trim()
    .refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url), 'expected e.g. postgresql://user:password@host:5432/cinematch')
    .optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 1_000, 10),
};

type DatabaseVariables = z.output<z.ZodObject<typeof databaseVariables>> & { DATA_DIR: string };

export function databaseSettings(env: DatabaseVariables): DatabaseSettings {
  if (env.DATABASE_URL === undefined) return { kind: 'sqlite', file: join(env.DATA_DIR, FILE_NAME) };
  return { kind: 'postgres', url: env.DATABASE_URL, poolSize: env.DATABASE_POOL_SIZE };
}
