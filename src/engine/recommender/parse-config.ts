import type { z } from 'zod';

/** Parses a config. Throws a RangeError that starts with `source` and lists every problem with its path. */
export function parseConfig<T>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`);
  throw new RangeError(`${source}: ${problems.join('; ')}`);
}
