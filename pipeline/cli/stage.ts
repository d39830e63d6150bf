import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CliError, hasCode } from './cli-error.ts';
import { formatCount, formatDuration, formatSize } from './format.ts';
import type { PipelineContext } from './pipeline-context.ts';

export interface StageOptions {
  readonly name: string;
  /** A file or a folder. A record of its inputs is written beside it as OUTPUT.stage.json. */
  readonly output: string;
  /** Files or folders. A missing one counts too: when it appears, the output is stale. */
  readonly inputs: readonly string[];
  /** Everything else that the output depends on, compared as JSON. */
  readonly options: unknown;
  /** Raise this when the stage produces another output from the same inputs. */
  readonly version: number;
  readonly context: PipelineContext;
  readonly force?: boolean | undefined;
}

export interface StageOutcome<T> {
  readonly status: 'new' | 'stale' | 'fresh';
  /** Return value of the build. For a fresh output it is read from the record. */
  readonly result: T;
}

interface StageRecord {
  readonly fingerprint: string;
  readonly size: number;
  readonly result: unknown;
}

/**
 * Builds an output when it is missing or stale, and does nothing when it is fresh. `build` writes to a temporary path, which is renamed
 * when the build is complete. Temporary files of killed runs are removed. The result is stored as JSON.
 */
export async function runStage<T extends { readonly rows: number }>(
  { name, output, inputs, options, version, context, force = false }: StageOptions,
  build: (temporaryPath: string) => Promise<T>,
): Promise<StageOutcome<T>> {
  const started = context.now().getTime();
  const recordPath = `${output}.stage.json`;
  await mkdir(dirname(output), { recursive: true });
  await removeLeftovers(output);
  await removeLeftovers(recordPath);
  const fingerprint = await fingerprintOf(name, version, options, inputs, output);
  const size = await sizeOf(output);
  const record = await readRecord(recordPath);
  if (record === undefined && (output.endsWith(sep) || (await statOf(output))?.isDirectory()))
    throw new CliError(`${output}: is a folder that ${name} did not write; name the file to write`, { exitCode: 2 });
  const status =
    size === undefined
      ? 'new'
      : !force && record !== undefined && record.fingerprint === fingerprint && record.size === size
        ? 'fresh'
        : 'stale';
  if (status === 'fresh' && record !== undefined && size !== undefined) {
    const result = record.result as T;
    context.log(`[fresh] ${name}: ${output}, ${formatCount(result.rows)} rows, ${formatSize(size)}, nothing to do`);
    return { status, result };
  }
  context.log(`[${status}] ${name}`);
  const temporaryPath = temporaryPathFor(output);
  try {
    const result = await build(temporaryPath);
    context.signal.throwIfAborted();
    // Between the two renames no old record may describe the new output.
    await rm(recordPath, { force: true });
    await replace(temporaryPath, output);
    const newSize = (await sizeOf(output)) ?? 0;
    await writeAtomically(recordPath, `${JSON.stringify({ fingerprint, size: newSize, result } satisfies StageRecord)}\n`);
    const elapsed = context.now().getTime() - started;
    context.log(`  ${output}: ${formatCount(result.rows)} rows, ${formatSize(newSize)}, ${formatDuration(elapsed)}`);
    return { status, result };
  } finally {
    await rm(temporaryPath, { recursive: true, force: true });
  }
}

/** A path beside the target, on the same file system. It contains the process id, so that a later run can recognise a leftover. */
export function temporaryPathFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
}

export async function writeAtomically(path: string, content: string): Promise<void> {
  const temporaryPath = temporaryPathFor(path);
  await writeFile(temporaryPath, content);
  await rename(temporaryPath, path);
}

/** Removes temporary files of ended processes beside the path. Our own process id counts as ended: in a container every run may have it. */
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

/**
 * Replaces a file or folder. A file takes the place of no folder: that is somebody else's. A folder cannot be renamed over a folder with
 * content, so the old folder is renamed first.
 */
export async function replace(from: string, to: string): Promise<void> {
  const existing = await statOf(to);
  if (existing === undefined || !existing.isDirectory()) return rename(from, to);
  if (!(await stat(from)).isDirectory()) throw new CliError(`${to}: is a folder; name the file to write`, { exitCode: 2 });
  const aside = join(dirname(to), `.${basename(to)}.${process.pid}.old`);
  await rename(to, aside);
  await rename(from, to);
  await rm(aside, { recursive: true, force: true });
}

/** Larger files are compared by size and time: hashing them costs more than an occasional unnecessary run. */
const MAX_HASHED_BYTES = 64 * 1024 * 1024;

async function fingerprintOf(name: string, version: number, options: unknown, inputs: readonly string[], output: string): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([name, version, options ?? null]));
  for (const input of inputs) {
    for (const file of await filesUnder(input)) {
      // Relative to the output, so that moving the project does not make the output stale.
      hash.update(`\n${relative(dirname(output), file)}\n${await fileFingerprint(file)}`);
    }
  }
  return hash.digest('hex');
}

async function fileFingerprint(file: string): Promise<string> {
  const stats = await statOf(file);
  if (stats === undefined) return 'absent';
  if (stats.size > MAX_HASHED_BYTES) return `${stats.size} ${stats.mtimeMs}`;
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
    // A missing or damaged record: the stage runs again and writes a new one.
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

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
