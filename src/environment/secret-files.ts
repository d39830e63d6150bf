import { readFileSync, statSync } from 'node:fs';

const SUFFIX = '_FILE';
/** The variables that hold a secret, or may. Each can be read from a file that `NAME_FILE` names, as container platforms hand secrets out. */
export const SECRETS = [
  'AUTH_SECRET',
  'DATABASE_URL',
  'REDIS_URL',
  'REDIS_PASSWORD',
  'REDIS_SENTINEL_PASSWORD',
  'GOOGLE_CLIENT_SECRET',
  'FACEBOOK_CLIENT_SECRET',
  'OIDC_CLIENT_SECRET',
  'METRICS_TOKEN',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'SMTP_URL',
  'WEB_PUSH_PRIVATE_KEY',
] as const;
const MAX_BYTES = 65_536;

/** The variables with those from files, and what is wrong, one sentence for each file. */
export function withSecretFiles(given: Record<string, string | undefined>): {
  values: Record<string, string | undefined>;
  problems: string[];
} {
  const values = { ...given };
  const problems: string[] = [];
  for (const name of SECRETS) {
    const variable = `${name}${SUFFIX}`;
    const path = given[variable];
    if (path === undefined) continue;
    const read = given[name] === undefined ? textOf(path) : new Error(`set only one of ${name} and ${variable}`);
    if (read instanceof Error) problems.push(`${variable}=${path}: ${read.message} (.env.example tells more)`);
    else values[name] = read;
  }
  return { values, problems };
}

/** Editors and `echo` leave a line end behind, which is no part of a secret. */
function textOf(path: string): string | Error {
  try {
    if (statSync(path).size > MAX_BYTES) return new Error(`this file has more than ${MAX_BYTES} bytes; it holds no secret`);
    const text = readFileSync(path, 'utf8').trim();
    return text === '' ? new Error('this file is empty') : text;
  } catch (error) {
    return new Error(`this file cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)})`);
  }
}
