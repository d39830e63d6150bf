import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hasCode } from './cli-error.ts';
import { formatCount, formatDuration, formatSize } from './format.ts';
import type { PipelineContext } from './pipeline-context.ts';

export interface StageOptions {
  readonly name: string;
  /** A file or a folder. The record of what it was made from is kept beside it, as OUTPUT.stage.json. */
  readonly output: string;
  /** Files or folders; one that does not exist counts too: its appearance makes the output stale. */
  readonly inputs: readonly string[];
  /** Everything else that the output depends on; compared as JSON. */
  readonly options: unknown;
  /** To be raised when the stage's code makes another output from the same inputs. */
  readonly version: number;
  readonly effects: PipelineContext;
  readonly force?: boolean | undefined;
}

export interface StageOutcome<T> {
  readonly status: 'missing' | 'stale' | 'fresh';
  /** What the build returned; for a fresh output, what it returned when it was built. */
  readonly result: T;
}

interface StageRecord {
  readonly fingerprint: string;
  readonly size: number;
  readonly result: unknown;
}

/**
 * Builds an output when it is missing or stale and does nothing when it is fresh. `build` writes to the path it is given, which
 * takes the output's place only when it is complete; what runs that were killed left behind is removed.
 * `result` is kept as JSON, so it has to survive that.
 */
export async function runStage<T extends { readonly rows: number }>(
  { name, output, inputs, options, version, effects, force = false }: StageOptions,
  build: (temporaryPath: string) => Promise<T>,
): Promise<StageOutcome<T>> {
  const started = effects.now().getTime();
  const recordPath = `${output}.stage.json`;
  await mkdir(dirname(output), { recursive: true });
  await removeLeftovers(output);
  await removeLeftovers(recordPath);
  const fingerprint = await fingerprintOf(name, version, options, inputs, output);
  const size = await sizeOf(output);
  const record = await readRecord(recordPath);
  const status =
    size === undefined
      ? 'missing'
      : !force && record !== undefined && record.fingerprint === fingerprint && record.size === size
        ? 'fresh'
        : 'stale';
  if (status === 'fresh' && record !== undefined && size !== undefined) {
    const result = record.result as T;
    effects.log(`[fresh] ${name}: ${output}, ${formatCount(result.rows)} rows, ${formatSize(size)}, nothing to do`);
    return { status, result };
  }
  effects.log(`[${status}] ${name}`);
  const temporaryPath = temporaryPathFor(output);
  try {
    const result = await build(temporaryPath);
    effects.signal.throwIfAborted();
    // Between the two renames the output must not be taken for what an older record describes.
    await rm(recordPath, { force: true });
    await replace(temporaryPath, output);
    const newSize = (await sizeOf(output)) ?? 0;
    await writeAtomically(recordPath, `${JSON.stringify({ fingerprint, size: newSize, result } satisfies StageRecord)}\n`);
    const elapsed = effects.now().getTime() - started;
    effects.log(`  ${output}: ${formatCount(result.rows)} rows, ${formatSize(newSize)}, ${formatDuration(elapsed)}`);
    return { status, result };
  } finally {
    await rm(temporaryPath, { recursive: true, force: true });
  }
}

/** A path beside the target, on the same file system, that names the process so that a later run can tell a leftover from work in hand. */
export function temporaryPathFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}

export async function writeAtomically(path: string, content: string): Promise<void> {
  const temporaryPath = temporaryPathFor(path);
  await writeFile(temporaryPath, content);
  await rename(temporaryPath, path);
}

/** Removes temporary files beside the path whose process is gone. Our own id counts as gone: in a container every run may have it. */
export async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const prefix = `.${basename(path)}.`;
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  for (const name of names) {
    const match = name.startsWith(prefix) ? /^(\d+)\.(?:tmp|old)$/.exec(name.slice(prefix.length)) : null;
    if (match?.[1] === undefined) continue;
    const pid = Number(match[1]);
    if (pid === process.pid || !isRunning(pid)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Puts a finished file or folder in the place of another. A folder cannot be renamed over a full one, so the old one steps aside first. */
export async function replace(from: string, to: string): Promise<void> {
  const existing = await statOf(to);
  if (existing === undefined || !existing.isDirectory()) return rename(from, to);
  const aside = join(dirname(to), `.${basename(to)}.${process.pid}.old`);
  await rename(to, aside);
  await rename(from, to);
  await rm(aside, { recursive: true, force: true });
}

// Above this, hashing the content costs more than an unneeded run now and then.
const hashedUpTo = 64 * 1024 * 1024;

async function fingerprintOf(name: string, version: number, options: unknown, inputs: readonly string[], output: string): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([name, version, options ?? null]));
  for (const input of inputs) {
    for (const file of await filesUnder(input)) {
      // Relative to the output, so that moving a whole project does not make everything stale.
      hash.update(`\n${relative(dirname(output), file)}\n${await fileFingerprint(file)}`);
    }
  }
  return hash.digest('hex');
}

async function fileFingerprint(file: string): Promise<string> {
  const stats = await statOf(file);
  if (stats === undefined) return 'absent';
  if (stats.size > hashedUpTo) return `${stats.size} ${stats.mtimeMs}`;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function sizeOf(path: string): Promise<number | undefined> {
  if ((await statOf(path)) === undefined) return undefined;
  let size = 0;
  for (const file of await filesUnder(path)) size += (await statOf(file))?.size ?? 0;
  return size;
}

async function filesUnder(path: string): Promise<string[]> {
  if (!(await statOf(path))?.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function readRecord(path: string): Promise<StageRecord | undefined> {
  try {
    const record: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isRecord(record) ? record : undefined;
  } catch (error) {
    // No record, or one that someone edited: the stage runs again and writes a new one.
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is StageRecord {
  return typeof value === 'object' && value !== null && 'fingerprint' in value && 'size' in value && 'result' in value;
}

async function statOf(path: string) {
  return stat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
