import { join } from 'node:path';
import { z } from 'zod';
import { wholeNumber } from './values.ts';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const MAX_DAYS = 365;

export interface BackupSettings {
  everyMs: number;
  /** The number of backups that stay in the folder. */
  keep: number;
  folder: string;
}

export const backupVariables = {
  BACKUP_EVERY: z.string().trim().transform(durationOf).optional(),
  BACKUP_KEEP: wholeNumber(1, 10_000, 7),
  BACKUP_DIR: z.string().trim().optional(),
};

type BackupVariables = z.output<z.ZodObject<typeof backupVariables>> & { DATA_DIR: string };

/** Undefined when the server makes no backups. */
export function backupSettings(env: BackupVariables): BackupSettings | undefined {
  if (env.BACKUP_EVERY === undefined) return undefined;
  return { everyMs: env.BACKUP_EVERY, keep: env.BACKUP_KEEP, folder: env.BACKUP_DIR ?? join(env.DATA_DIR, 'backups') };
}

/** "24h" -> 86,400,000. */
function durationOf(text: string, context: z.RefinementCtx): number {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (unit === 'm' || unit === 'h' || unit === 'd' ? UNITS[unit] : Number.NaN);
  if (!(ms > 0 && ms <= MAX_DAYS * UNITS.d))
    context.addIssue({ code: 'custom', message: `expected a time from 1m to ${MAX_DAYS}d, e.g. 24h` });
  return ms;
}
