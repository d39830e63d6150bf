import { accessSync, constants, statSync } from 'node:fs';
import { z } from 'zod';
import { regionCodeOf } from '../engine/artifacts/region-code.ts';

export function wholeNumber(min: number, max: number, fallback: number) {
  return wholeNumberFrom(min, max).default(fallback);
}

export function wholeNumberFrom(min: number, max: number) {
  const expected = `expected a whole number from ${min} to ${max}`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, expected);
}

export function text(fallback: string) {
  return z.string().trim().default(fallback);
}

export function oneOf<const T extends string>(allowed: readonly T[], fallback: NoInfer<T>) {
  return optional(z.enum(allowed, `expected one of ${allowed.join(', ')}`), fallback);
}

/** A country code as ISO 3166-1 and TMDb write it. "UK" means GB. */
export function country(fallback: string) {
  return z
    .string()
    .transform(regionCodeOf)
    .pipe(z.string().regex(/^[A-Z]{2}$/, 'expected a country code of two letters, such as US or GB'))
    .default(fallback);
}

export function optional<T extends z.ZodType>(type: T, fallback: z.output<T>) {
  return type.optional().transform((value) => value ?? fallback);
}

/** "a, b,,c" -> ["a", "b", "c"] */
export function listed(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether the text is a path without an end slash, as "/films", or empty. */
export function isBasePath(text: string): boolean {
  return /^(\/[\w~-][\w.~-]*)*$/.test(text);
}

/** Adds a problem and goes on, so that one run reports all of them. */
export function problem(context: z.RefinementCtx, message: string): void {
  context.addIssue({ code: 'custom', message });
}

/** Whether the path names a file that this process can read. */
export function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
