import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CliError, hasCode } from '../../cli/cli-error.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { networkProblem, retryAfterOf, TransientError, withRetries } from '../../cli/retry.ts';
import { responseText } from '../response-text.ts';

const ATTEMPTS = 6;
const STALL_TIMEOUT = 30_000;
/** MovieLens 32M has 0.24 GB. */
const MAX_ARCHIVE_BYTES = 4 * 1024 ** 3;
const MAX_MD5_BYTES = 10_240;

/**
 * Downloads a zip to `partPath` and checks it against the MD5 that is published beside it. Continues an interrupted download when the
 * server supports it. Without a published MD5 it starts again, because nothing can show that two parts belong together.
 */
export async function fetchArchive(url: string, partPath: string, context: PipelineContext): Promise<void> {
  const expected = await publishedMd5(url, context);
  if (expected === undefined) {
    context.log(`  ${url}.md5 does not exist: the archive is not verified`);
    await rm(partPath, { force: true });
  }
  const resumed = await download(url, partPath, context);
  if (expected === undefined) return;
  let found = await md5Of(partPath);
  if (found !== expected && resumed) {
    // The part may belong to another edition of the file.
    await rm(partPath, { force: true });
    await download(url, partPath, context);
    found = await md5Of(partPath);
  }
  if (found === expected) return;
  await rm(partPath, { force: true });
  throw new CliError(`${url}: the archive has MD5 ${found}, published is ${expected}; it is damaged or was replaced, run again`);
}

/** Returns true when it continued an earlier download. */
async function download(url: string, partPath: string, context: PipelineContext): Promise<boolean> {
  const resumed = (await sizeOf(partPath)) > 0;
  await retrying(url, context, async () => {
    const have = await sizeOf(partPath);
    const watchdog = new AbortController();
    let timer = setTimeout(() => watchdog.abort(), STALL_TIMEOUT);
    try {
      const response = await context.fetch(url, {
        headers: have > 0 ? { range: `bytes=${have}-` } : {},
        signal: AbortSignal.any([context.signal, watchdog.signal]),
      });
      if (response.status === 416) {
        await response.body?.cancel();
        // The server has no more bytes: the part is complete, which the MD5 check confirms, or belongs to another file.
        const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
        if (Number(total) === have) return;
        await rm(partPath, { force: true });
        throw new TransientError('the partial file does not match');
      }
      await refuseFailure(url, response, context);
      const continues = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${have}-`) === true;
      const body = response.body;
      if (body === null) throw new TransientError('empty response');
      const start = continues ? have : 0;
      const length = Number(response.headers.get('content-length'));
      const mostBytes = context.maxArchiveBytes ?? MAX_ARCHIVE_BYTES;
      if (start + length > mostBytes) {
        await body.cancel();
        throw tooLarge(url, mostBytes);
      }
      const task = context.progress.start({
        label: url.slice(url.lastIndexOf('/') + 1),
        unit: 'bytes',
        total: length > 0 ? start + length : undefined,
        startAt: start,
      });
      try {
        await using file = await open(partPath, continues ? 'a' : 'w');
        let done = start;
        for await (const chunk of body) {
          clearTimeout(timer);
          timer = setTimeout(() => watchdog.abort(), STALL_TIMEOUT);
          await file.writeFile(chunk);
          done += chunk.length;
          if (done > mostBytes) throw tooLarge(url, mostBytes);
          task.update(done);
        }
        if (length > 0 && done !== start + length) throw new TransientError('truncated response');
      } finally {
        task.end();
      }
    } finally {
      clearTimeout(timer);
    }
  });
  return resumed;
}

function tooLarge(url: string, mostBytes: number): CliError {
  return new CliError(`${url}: more than ${mostBytes} bytes; not a MovieLens archive, check --movielens-url`);
}

async function publishedMd5(url: string, context: PipelineContext): Promise<string | undefined> {
  return retrying(`${url}.md5`, context, async () => {
    const response = await context.fetch(`${url}.md5`, { signal: AbortSignal.any([context.signal, AbortSignal.timeout(STALL_TIMEOUT)]) });
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    await refuseFailure(`${url}.md5`, response, context);
    // "MD5 (ml-32m.zip) = hash" or "hash  ml-32m.zip".
    const md5 = /\b[0-9a-f]{32}\b/i.exec(await responseText(response, MAX_MD5_BYTES).catch(() => ''))?.[0].toLowerCase();
    if (md5 === undefined) throw new CliError(`${url}.md5: no MD5 sum found; check --movielens-url`);
    return md5;
  });
}

async function refuseFailure(url: string, response: Response, context: PipelineContext): Promise<void> {
  if (response.ok) return;
  await response.body?.cancel();
  if (response.status === 429 || response.status >= 500) {
    throw new TransientError(`HTTP ${response.status}`, retryAfterOf(response.headers, context.now()));
  }
  const advice = response.status === 404 ? 'no such data set; check --dataset and --movielens-url' : 'check --movielens-url';
  throw new CliError(`${url}: HTTP ${response.status}; ${advice}`);
}

/** Retries network errors. Any error that is not a CliError, a TransientError or a file error comes from the network. */
async function retrying<T>(url: string, context: PipelineContext, attempt: () => Promise<T>): Promise<T> {
  try {
    return await withRetries(context, ATTEMPTS, async () => {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof CliError || error instanceof TransientError || isFileError(error)) throw error;
        throw new TransientError(networkProblem(error));
      }
    });
  } catch (error) {
    if (error instanceof TransientError) throw new CliError(`${url}: ${error.message}; failed ${ATTEMPTS} times; run again to continue`);
    throw error;
  }
}

function isFileError(error: unknown): boolean {
  return ['ENOSPC', 'EACCES', 'ENOENT', 'EROFS', 'EDQUOT'].some((code) => hasCode(error, code));
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0;
    throw error;
  }
}
