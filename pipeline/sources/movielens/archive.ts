import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CliError, hasCode } from '../../cli/cli-error.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { networkProblem, retryAfterOf, TransientError, withRetries } from '../../cli/retry.ts';

const attempts = 6;
const stalledAfter = 30_000;

/**
 * Fetches a zip to `partPath`, going on where an earlier run stopped when the server supports it, and compares it with the MD5
 * that is published beside it. Without a published MD5 there is nothing to tell whether two parts fit, so it starts over.
 */
export async function fetchArchive(url: string, partPath: string, effects: PipelineContext): Promise<void> {
  const expected = await publishedMd5(url, effects);
  if (expected === undefined) {
    effects.log(`  ${url}.md5 does not exist: the archive cannot be checked`);
    await rm(partPath, { force: true });
  }
  const resumed = await download(url, partPath, effects);
  if (expected === undefined) return;
  let found = await md5Of(partPath);
  if (found !== expected && resumed) {
    // The part may have been of another edition of the file.
    await rm(partPath, { force: true });
    await download(url, partPath, effects);
    found = await md5Of(partPath);
  }
  if (found === expected) return;
  await rm(partPath, { force: true });
  throw new CliError(`${url}: the archive's MD5 is ${found}, published is ${expected}; it was damaged on the way or replaced, try again`);
}

/** Returns whether it went on from an earlier part. */
async function download(url: string, partPath: string, effects: PipelineContext): Promise<boolean> {
  const resumed = (await sizeOf(partPath)) > 0;
  await retrying(url, effects, async () => {
    const have = await sizeOf(partPath);
    const watchdog = new AbortController();
    let timer = setTimeout(() => watchdog.abort(), stalledAfter);
    try {
      const response = await effects.fetch(url, {
        headers: have > 0 ? { range: `bytes=${have}-` } : {},
        signal: AbortSignal.any([effects.signal, watchdog.signal]),
      });
      if (response.status === 416) {
        await response.body?.cancel();
        // Nothing lies beyond what we have: either it is complete, which the MD5 tells, or it is not a part of this file.
        const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
        if (Number(total) === have) return;
        await rm(partPath, { force: true });
        throw new TransientError('the part did not fit');
      }
      await refuseFailure(url, response, effects);
      const goesOn = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${have}-`) === true;
      const body = response.body;
      if (body === null) throw new TransientError('an empty answer');
      const start = goesOn ? have : 0;
      const length = Number(response.headers.get('content-length'));
      const task = effects.progress.start({
        label: url.slice(url.lastIndexOf('/') + 1),
        unit: 'bytes',
        total: length > 0 ? start + length : undefined,
        startAt: start,
      });
      try {
        await using file = await open(partPath, goesOn ? 'a' : 'w');
        let done = start;
        for await (const chunk of body) {
          clearTimeout(timer);
          timer = setTimeout(() => watchdog.abort(), stalledAfter);
          await file.writeFile(chunk);
          done += chunk.length;
          task.update(done);
        }
        if (length > 0 && done !== start + length) throw new TransientError('the answer was cut short');
      } finally {
        task.end();
      }
    } finally {
      clearTimeout(timer);
    }
  });
  return resumed;
}

async function publishedMd5(url: string, effects: PipelineContext): Promise<string | undefined> {
  return retrying(`${url}.md5`, effects, async () => {
    const response = await effects.fetch(`${url}.md5`, { signal: AbortSignal.any([effects.signal, AbortSignal.timeout(stalledAfter)]) });
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    await refuseFailure(`${url}.md5`, response, effects);
    // "MD5 (ml-32m.zip) = hash" or "hash  ml-32m.zip".
    const md5 = /\b[0-9a-f]{32}\b/i.exec(await response.text())?.[0].toLowerCase();
    if (md5 === undefined) throw new CliError(`${url}.md5: expected an MD5 sum, found none; check --movielens-url`);
    return md5;
  });
}

async function refuseFailure(url: string, response: Response, effects: PipelineContext): Promise<void> {
  if (response.ok) return;
  await response.body?.cancel();
  if (response.status === 429 || response.status >= 500) {
    throw new TransientError(`HTTP ${response.status}`, retryAfterOf(response.headers, effects.now()));
  }
  const advice =
    response.status === 404 ? 'is there a data set of that name? check --dataset and --movielens-url' : 'check --movielens-url';
  throw new CliError(`${url}: HTTP ${response.status}; ${advice}`);
}

/** Retries what the network does to us; what is not a TransientError or a CliError of ours is the network's. */
async function retrying<T>(url: string, effects: PipelineContext, attempt: () => Promise<T>): Promise<T> {
  try {
    return await withRetries(effects, attempts, async () => {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof CliError || error instanceof TransientError || isFileError(error)) throw error;
        throw new TransientError(networkProblem(error));
      }
    });
  } catch (error) {
    if (error instanceof TransientError) throw new CliError(`${url}: ${error.message}; tried ${attempts} times, run again to go on`);
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
