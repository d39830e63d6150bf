import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { withDatabase } from '../../database/database.ts';
import type { Environment } from '../../environment/environment.ts';
import { errorText } from '../../error-text.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const MIN_NODE = 24;
const MIN_FREE_BYTES = 200_000_000;
const MIN_FREE_SHARE = 0.05;
const MAX_CLOCK_MS = 5_000;
const MB = 1_000_000;

export async function checkVersions(): Promise<Finding[]> {
  const { node } = process.versions;
  const file = new URL('../package.json', import.meta.url);
  const source = existsSync(file) ? file : new URL('../../../package.json', import.meta.url);
  const { version }: { version: string } = JSON.parse(readFileSync(source, 'utf8'));
  const found = `CineMatch ${version}, Node ${node}, ${process.platform} ${process.arch}`;
  if (Number.parseInt(node, 10) < MIN_NODE) return [problem(found, `use Node ${MIN_NODE} or newer`)];
  return [ok(found)];
}

/** Whether DATA_DIR can be written, and has room. A full disk refuses every change. */
export async function checkDisk({ dataDirectory, artifactsDirectory }: Environment): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [setting, folder] of [
    ['DATA_DIR', dataDirectory],
    ['ARTIFACTS_DIR', artifactsDirectory],
  ] as const) {
    if (!existsSync(folder)) {
      if (setting === 'DATA_DIR') findings.push(ok(`${setting}=${folder}: not there yet, the first start makes it`));
      continue;
    }
    const { bavail, blocks, bsize } = statfsSync(folder);
    const [free, all] = [bavail * bsize, blocks * bsize];
    const found = `${setting}=${folder}: ${Math.round(free / MB)} of ${Math.round(all / MB)} MB are free`;
    const isLow = free < MIN_FREE_BYTES || free < MIN_FREE_SHARE * all;
    findings.push(isLow ? warning(found, 'make room: a full disk refuses every change') : ok(found));
  }
  if (existsSync(dataDirectory)) findings.push(await checkWriting(dataDirectory));
  return findings;
}

async function checkWriting(folder: string): Promise<Finding> {
  const file = join(folder, `.doctor-${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(file, 'x', { flag: 'wx', flush: true });
    return ok(`DATA_DIR=${folder} can be written`);
  } catch (error) {
    return problem(
      `DATA_DIR=${folder} cannot be written: ${errorText(error)}`,
      `give the user of the server (uid ${process.getuid?.()}) the folder`,
    );
  } finally {
    await rm(file, { force: true });
  }
}

/** Sessions and tokens end at times: servers and PostgreSQL have to agree on the time. */
export async function checkClock({ database, accounts }: Environment): Promise<Finding[]> {
  const others: [name: string, at: () => Promise<number | undefined>][] = [];
  if (database.kind === 'postgres')
    others.push([
      'PostgreSQL',
      () =>
        withDatabase(database, async ({ kysely }) => {
          const { rows } = await sql<{ ms: number }>`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`.execute(kysely);
          return rows[0]?.ms;
        }),
    ]);
  if (accounts.publicUrl !== undefined) others.push(['the server at PUBLIC_URL', () => dateOf(`${accounts.publicUrl}/health`)]);
  const findings: Finding[] = [];
  for (const [name, read] of others) {
    const at = await read().catch(() => undefined);
    if (at === undefined) continue;
    const ms = Math.round(Date.now() - at);
    const found = `this clock is ${Math.abs(ms / 1_000).toFixed(1)} s ${ms < 0 ? 'behind' : 'ahead of'} that of ${name}`;
    findings.push(
      Math.abs(ms) > MAX_CLOCK_MS ? warning(found, 'synchronise the clocks (NTP): sessions and tokens would end early') : ok(found),
    );
  }
  return findings.length > 0 ? findings : [ok(`${new Date().toISOString()}; there is no other clock to compare with`)];
}

/** The header Date has whole seconds. */
async function dateOf(url: string): Promise<number | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  const at = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(at) ? undefined : at + 500;
}
