import { createHash } from 'node:crypto';
import { appendFile, open } from 'node:fs/promises';

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
  await appendFile(file, `${MARK}${await hashOf(file, Number.POSITIVE_INFINITY)}${MARK}`, { flush: true });
}

export async function checksumState(file: string): Promise<ChecksumState> {
  const { trailer, contentLength } = await endOf(file);
  const hasFirst = trailer.startsWith(MARK);
  const hasLast = trailer.endsWith(MARK);
  if (!hasFirst && !hasLast) return 'absent';
  return trailer === `${MARK}${await hashOf(file, contentLength)}${MARK}` ? 'right' : 'wrong';
}

async function endOf(file: string): Promise<{ trailer: string; contentLength: number }> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const contentLength = Math.max(0, size - TRAILER_LENGTH);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TRAILER_LENGTH), 0, TRAILER_LENGTH, contentLength);
    return { trailer: buffer.toString('latin1', 0, bytesRead), contentLength };
  } finally {
    await handle.close();
  }
}

/** Hash of the first `length` bytes. */
async function hashOf(file: string, length: number): Promise<string> {
  const hash = createHash('sha256');
  if (length > 0) {
    const handle = await open(file, 'r');
    try {
      for await (const chunk of handle.createReadStream({ end: length - 1, highWaterMark: CHUNK_BYTES, autoClose: false }))
        hash.update(chunk);
    } finally {
      await handle.close();
    }
  }
  return hash.digest('hex');
}
