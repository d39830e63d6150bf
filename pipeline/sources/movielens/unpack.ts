import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { CliError } from '../../cli/cli-error.ts';

/** MovieLens 32M unpacks to 0.9 GB. */
const MAX_TOTAL_BYTES = 16 * 1024 ** 3;
/** MovieLens archives have ten files at most, which unpack to four times their size. */
const MAX_ENTRIES = 1_000;
const MAX_RATIO = 100;
/** Smaller files may have any ratio. */
const FREE_BYTES = 1024 ** 2;

/**
 * Unpacks a zip into a folder, without the top folder of MovieLens archives. Never writes outside the folder: absolute names, "../..",
 * backslashes and links are refused.
 */
export async function unpack(
  zipPath: string,
  folder: string,
  topFolder: string,
  signal: AbortSignal,
  mostBytes = MAX_TOTAL_BYTES,
): Promise<string[]> {
  const zip = await openZip(zipPath);
  const written: string[] = [];
  let total = 0;
  let entries = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      signal.throwIfAborted();
      const name = entry.fileName.startsWith(`${topFolder}/`) ? entry.fileName.slice(topFolder.length + 1) : entry.fileName;
      if (name === '' || name.endsWith('/')) continue;
      const path = resolve(folder, name);
      const fileType = (entry.externalFileAttributes >>> 16) & 0o170000;
      if (fileType === 0o120000) throw new CliError(`${zipPath}: contains the link ${name}; only plain files are allowed`);
      if (relative(folder, path).split(sep)[0] === '..')
        throw new CliError(`${zipPath}: ${name} is outside the folder; the archive is refused`);
      if (++entries > MAX_ENTRIES) throw new CliError(`${zipPath}: more than ${MAX_ENTRIES} files; not a MovieLens archive`);
      if (entry.uncompressedSize > FREE_BYTES && entry.uncompressedSize > MAX_RATIO * entry.compressedSize) {
        const ratio = Math.round(entry.uncompressedSize / Math.max(1, entry.compressedSize));
        throw new CliError(`${zipPath}: ${name} unpacks to ${ratio} times its size; at most ${MAX_RATIO} times is taken`);
      }
      total += entry.uncompressedSize;
      if (total > mostBytes) throw new CliError(`${zipPath}: unpacks to more than ${mostBytes} bytes; not a MovieLens archive`);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { flags: 'wx' }), { signal });
      written.push(join(name));
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CliError || (error instanceof Error && 'code' in error)) throw error;
    throw new CliError(`${zipPath}: cannot unpack (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  } finally {
    zip.close();
  }
  return written;
}

async function openZip(path: string): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CliError(`${path}: not a zip archive (${message}); check --movielens-url`, { cause: error });
  }
}
