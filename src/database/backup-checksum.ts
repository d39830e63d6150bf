import { createHash } from 'node:crypto';
import { appendFile, type FileHandle, open } from 'node:fs/promises';

/**
 * The end of a backup: MARK, the SHA-256 of everything before it in hex, MARK. SQLite and pg_restore ignore bytes after their own.
 * The mark stands twice, so that one damaged byte cannot make a backup look like one without a checksum.
 */
const MARK = '\nCINEMATCH-SHA256\n';
const HEX_LENGTH = 64;
const TRAILER_LENGTH = 2 * MARK.length + HEX_LENGTH;
const CHUNK_BYTES = 1_048_576;

/** `absent`: a version before checksums wrote the file, so its content is unchecked. */
export type ChecksumState = 'right' | 'wrong' | 'absent';

/** Appends the checksum of the file to the file. */
export async function appendChecksum(file: string): Promise<void> {
  const hash = await withHandle(file, (handle) => hashOf(handle, Number.POSITIVE_INFINITY));
  await appendFile(file, `${MARK}${hash}${MARK}`, { flush: true });
}

/** Reads through one handle: another backup may take the name of the file between two reads. */
export function checksumState(file: string): Promise<ChecksumState> {
  return withHandle(file, async (handle) => {
    const { trailer, contentLength } = await endOf(handle);
    const hasFirst = trailer.startsWith(MARK);
    const hasLast = trailer.endsWith(MARK);
    if (!hasFirst && !hasLast) return 'absent';
    return trailer === `${MARK}${await hashOf(handle, contentLength)}${MARK}` ? 'right' : 'wrong';
  });
}

async function withHandle<T>(file: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r');
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

async function endOf(handle: FileHandle): Promise<{ trailer: string; contentLength: number }> {
  const { size } = await handle.stat();
  const contentLength = Math.max(0, size - TRAILER_LENGTH);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(TRAILER_LENGTH), 0, TRAILER_LENGTH, contentLength);
  return { trailer: buffer.toString('latin1', 0, bytesRead), contentLength };
}

/** Hash of the first `length` bytes. */
async function hashOf(handle: FileHandle, length: number): Promise<string> {
  const hash = createHash('sha256');
  if (length > 0)
    for await (const chunk of handle.createReadStream({ start: 0, end: length - 1, highWaterMark: CHUNK_BYTES, autoClose: false }))
      hash.update(chunk);
  return hash.digest('hex');
}
