import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { hasCode } from '../../cli/cli-error.ts';
import { temporaryPathFor } from '../../cli/stage.ts';

interface Header {
  key: string;
  step: number;
  parts: { name: string; bytes: number; checksum: number }[];
}

/** Views of the training state, by name. */
export type State = Readonly<Record<string, ArrayBufferView>>;

const CHUNK_BYTES = 16 * 1024 * 1024;

/**
 * Training state in a file, which is always replaced as a whole. The file is a line of JSON (key, step, sizes and CRC-32 of the parts)
 * and then the bytes of the parts. `key` identifies the model and its data: a file with another key is ignored.
 */
export class Checkpoint {
  readonly #path: string;
  readonly #key: string;
  readonly #now: () => Date;
  readonly #everyMilliseconds: number;
  #savedAt: number;

  constructor(path: string, key: string, now: () => Date, everyMilliseconds = 60_000) {
    this.#path = path;
    this.#key = key;
    this.#now = now;
    this.#everyMilliseconds = everyMilliseconds;
    this.#savedAt = now().getTime();
  }

  /** Fills the views and returns the step at which they were saved. Returns 0 without a valid checkpoint: the views are undefined then. */
  async restore(state: State): Promise<number> {
    let file: FileHandle;
    try {
      file = await open(this.#path);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return 0;
      throw error;
    }
    try {
      const { header, end } = await readHeader(file);
      const names = Object.keys(state);
      if (header?.key !== this.#key || header.parts.map(({ name }) => name).join() !== names.join()) return 0;
      let position = end;
      for (const { name, bytes, checksum } of header.parts) {
        const view = bytesOf(state[name]);
        if (view.byteLength !== bytes || (await readInto(file, view, position)) !== checksum) return 0;
        position += bytes;
      }
      return header.step;
    } finally {
      await file.close();
    }
  }

  /** Saves when the last save was long enough ago. */
  async saveIfDue(step: number, state: State): Promise<void> {
    if (this.#now().getTime() - this.#savedAt >= this.#everyMilliseconds) await this.save(step, state);
  }

  async save(step: number, state: State): Promise<void> {
    const parts = Object.entries(state).map(([name, view]) => {
      const bytes = bytesOf(view);
      return { name, bytes: bytes.byteLength, checksum: checksumOf(bytes) };
    });
    await mkdir(dirname(this.#path), { recursive: true });
    const temporary = temporaryPathFor(this.#path);
    const file = await open(temporary, 'w');
    try {
      const header: Header = { key: this.#key, step, parts };
      await file.writeFile(`${JSON.stringify(header)}\n`);
      for (const view of Object.values(state)) {
        const bytes = bytesOf(view);
        for (let start = 0; start < bytes.length; start += CHUNK_BYTES) await file.writeFile(bytes.slice(start, start + CHUNK_BYTES));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#path);
    this.#savedAt = this.#now().getTime();
  }

  /** Call this when the training is complete. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

async function readHeader(file: FileHandle): Promise<{ header: Header | undefined; end: number }> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
  const end = buffer.subarray(0, bytesRead).indexOf(0x0a);
  try {
    return { header: JSON.parse(buffer.toString('utf8', 0, Math.max(end, 0))), end: end + 1 };
  } catch {
    // Another format or a damaged file: the training starts from the beginning.
    return { header: undefined, end: 0 };
  }
}

/** Returns the CRC-32 of the bytes that were read, or -1 when the file is too short. */
async function readInto(file: FileHandle, view: Uint8Array, position: number): Promise<number> {
  const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, view.length));
  let checksum = 0;
  for (let start = 0; start < view.length; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, view.length - start), position + start);
    if (bytesRead === 0) return -1;
    const part = chunk.subarray(0, bytesRead);
    checksum = crc32(part, checksum);
    view.set(part, start);
    start += bytesRead;
  }
  return checksum;
}

function checksumOf(bytes: Uint8Array): number {
  let checksum = 0;
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) checksum = crc32(bytes.slice(start, start + CHUNK_BYTES), checksum);
  return checksum;
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
