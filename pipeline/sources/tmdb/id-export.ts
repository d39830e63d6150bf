import { createInterface } from 'node:readline';
import { Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { CliError } from '../../cli/cli-error.ts';
import type { PipelineContext } from '../../cli/pipeline-context.ts';
import { networkProblem, TransientError, withRetries } from '../../cli/retry.ts';

/** The export of a day appears in its morning. A day without an export is skipped. */
const DAYS_TRIED = 7;
const ATTEMPTS = 6;
const STALL_TIMEOUT = 60_000;
/** The exports of 2026 have 1.2 million lines of some hundred bytes. */
const MAX_LINES = 20_000_000;
/** A line without an end would fill the memory: a megabyte of zeros is a kilobyte of the file. */
export const MAX_LINE_BYTES = 1_048_576;

const LINE_END = 0x0a;

const line = z.object({ id: z.int().positive(), adult: z.boolean(), video: z.boolean().optional(), popularity: z.number().optional() });

export interface IdExport {
  /** As in the file's name: "11_28_2026". */
  readonly day: string;
  /** The movies that are neither for adults nor mere videos -> their popularity. */
  readonly popularity: ReadonlyMap<number, number>;
}

/** TMDb's newest daily export of movie ids. Throws a CliError when there is none of the last days. */
export async function fetchIdExport(baseUrl: string, context: PipelineContext): Promise<IdExport> {
  const base = baseUrl.replace(/\/+$/, '');
  for (let age = 0; age < DAYS_TRIED; age++) {
    const day = new Date(context.now().getTime() - age * 86_400_000);
    const [year, month, date] = day.toISOString().slice(0, 10).split('-');
    const name = `${month}_${date}_${year}`;
    const url = `${base}/movie_ids_${name}.json.gz`;
    const popularity = await withRetries(context, ATTEMPTS, () => download(url, context)).catch((error: unknown) => {
      if (error instanceof TransientError) throw new CliError(`${url}: ${error.message}; failed ${ATTEMPTS} times; run again later`);
      throw error;
    });
    if (popularity !== undefined) return { day: name, popularity };
  }
  throw new CliError(`${base}: no export of movie ids of the last ${DAYS_TRIED} days; check --tmdb-export-url`);
}

/** Undefined: there is no such file. */
async function download(url: string, context: PipelineContext): Promise<Map<number, number> | undefined> {
  const watchdog = new AbortController();
  let timer = setTimeout(() => watchdog.abort(), STALL_TIMEOUT);
  const task = context.progress.start({ label: 'movie ids', unit: 'lines' });
  try {
    const response = await context.fetch(url, { signal: AbortSignal.any([context.signal, watchdog.signal]) });
    // The file store answers 403 for a file that is not there.
    if (response.status === 404 || response.status === 403) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      if (response.status === 429 || response.status >= 500) throw new TransientError(`HTTP ${response.status}`);
      throw new CliError(`${url}: HTTP ${response.status}; check --tmdb-export-url`);
    }
    const found = new Map<number, number>();
    let lines = 0;
    let unreadable = 0;
    const source = Readable.from(response.body);
    const unpacked = createGunzip();
    const whole = shortLines(url);
    source.on('error', (error) => unpacked.destroy(error));
    unpacked.on('error', (error) => whole.destroy(error));
    const mostLines = context.maxExportLines ?? MAX_LINES;
    for await (const text of createInterface({ input: source.pipe(unpacked).pipe(whole), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (++lines > mostLines)
        throw new CliError(`${url}: more than ${mostLines} lines; not an export of movie ids, check --tmdb-export-url`);
      if (lines % 10_000 === 0) {
        clearTimeout(timer);
        timer = setTimeout(() => watchdog.abort(), STALL_TIMEOUT);
        task.update(lines);
      }
      const entry = line.safeParse(parse(text));
      if (!entry.success) unreadable++;
      else if (!entry.data.adult && entry.data.video !== true) found.set(entry.data.id, entry.data.popularity ?? 0);
    }
    if (unreadable * 2 > lines) throw new CliError(`${url}: ${unreadable} of ${lines} lines are not movies; check --tmdb-export-url`);
    return found;
  } catch (error) {
    if (error instanceof CliError || error instanceof TransientError) throw error;
    context.signal.throwIfAborted();
    throw new TransientError(watchdog.signal.aborted ? 'timed out' : networkProblem(error));
  } finally {
    clearTimeout(timer);
    task.end();
  }
}

/** Passes lines on. A line that is too long ends the stream with an error. */
function shortLines(url: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let from = 0; ; ) {
        const end = chunk.indexOf(LINE_END, from);
        bytes += (end < 0 ? chunk.length : end) - from;
        if (bytes > MAX_LINE_BYTES) {
          done(new CliError(`${url}: a line of more than ${MAX_LINE_BYTES} bytes; not an export of movie ids, check --tmdb-export-url`));
          return;
        }
        if (end < 0) break;
        bytes = 0;
        from = end + 1;
      }
      done(null, chunk);
    },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
