import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memoryOf, registered, sharedMemory } from '../linalg/shared-memory.ts';
import { ArtifactError } from './artifact-error.ts';
import { writeDurably } from './durable-file.ts';
import type { Manifest, SectionEntry, Validation } from './manifest.ts';
import {
  checksumOf,
  decodeSection,
  type ElementType,
  elementTypeOf,
  encodeSection,
  FORMAT_VERSION,
  formatProblem,
  isElementType,
  type SectionArray,
} from './section-file.ts';

interface ArrayOf {
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
  i16: Int16Array;
  i32: Int32Array;
  f32: Float32Array;
  f64: Float64Array;
}

/** Arrays by name. */
type Sections = Record<string, SectionArray>;

/** A release as threads pass it to each other: every array is in memory that they share. */
export interface SharedRelease {
  manifest: Manifest;
  sections: Sections;
  derived: Record<string, Sections>;
  /** The WebAssembly memory of those sections that are in one. */
  memories: Record<string, WebAssembly.Memory>;
}

/** Sections of 16-bit integers from this size on are read into WebAssembly memory, so that kernels use them in place. */
const MIN_KERNEL_BYTES = 65_536;

/** One trained version: its manifest and its verified sections, in memory that threads can share. */
export class ModelRelease {
  readonly manifest: Manifest;
  readonly #sections: ReadonlyMap<string, SectionArray>;
  readonly #derived: Map<string, Sections>;

  constructor(manifest: Manifest, sections: ReadonlyMap<string, SectionArray>, derived: Record<string, Sections> = {}) {
    this.manifest = manifest;
    this.#sections = sections;
    this.#derived = new Map(Object.entries(derived));
  }

  /** The release of another thread, as `share` gave it there. */
  static ofThread({ manifest, sections, derived, memories }: SharedRelease): ModelRelease {
    const own = new Map(Object.entries(sections));
    // Arrays and memory are passed apart from each other: here the array becomes a view of the memory again.
    for (const [name, memory] of Object.entries(memories)) {
      const array = own.get(name);
      if (!(array instanceof Int16Array)) throw new TypeError(`section ${name}: expected i16 elements in WebAssembly memory`);
      own.set(name, new Int16Array(registered(memory).buffer, array.byteOffset, array.length));
    }
    return new ModelRelease(manifest, own, derived);
  }

  /** For a thread: also everything that was derived until now. */
  share(): SharedRelease {
    const memories: SharedRelease['memories'] = {};
    for (const [name, { buffer }] of this.#sections) {
      const memory = memoryOf(buffer);
      if (memory !== undefined) memories[name] = memory;
    }
    return {
      manifest: this.manifest,
      sections: Object.fromEntries(this.#sections),
      derived: Object.fromEntries(this.#derived),
      memories,
    };
  }

  /** Large arrays that are made from the sections, such as a transposed matrix: made once, in shared memory, for all threads. */
  derived(name: string, make: () => Sections): Sections {
    const known = this.#derived.get(name);
    if (known !== undefined) return known;
    const made = Object.fromEntries(Object.entries(make()).map(([part, array]) => [part, inSharedMemory(array)]));
    this.#derived.set(name, made);
    return made;
  }

  has(name: string): boolean {
    return this.#sections.has(name);
  }

  /** The section of this name. Throws an ArtifactError when there is none, or when its elements have none of these types. */
  get<T extends ElementType>(name: string, ...types: T[]): ArrayOf[T] {
    const array = this.#sections.get(name);
    if (array === undefined) throw new ArtifactError(`release ${this.manifest.version}: section ${name} is missing`);
    if (!isOneOf(array, types)) throw new ArtifactError(`section ${name}: holds ${elementTypeOf(array)}, expected ${types.join(' or ')}`);
    return array;
  }
}

/**
 * Writes the sections and then the manifest into `directory`, which is created when missing. Each file is flushed to disk. The caller
 * renames the folder into place, so a reader never sees half a release.
 */
export async function writeRelease(
  directory: string,
  about: Omit<Manifest, 'sections' | 'format'>,
  sections: Record<string, SectionArray>,
): Promise<Manifest> {
  await mkdir(directory, { recursive: true });
  const entries: Record<string, SectionEntry> = {};
  for (const name of Object.keys(sections).sort()) {
    const array = sections[name];
    const file = encodeSection(array);
    await writeDurably(join(directory, fileOf(name)), file);
    entries[name] = { type: elementTypeOf(array), count: array.length, bytes: file.byteLength, crc32: checksumOf(array) };
  }
  const manifest: Manifest = { format: FORMAT_VERSION, ...about, sections: entries };
  await writeDurably(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** Reads and verifies every section of a release. Throws an ArtifactError that names the damaged or missing part. */
export async function openRelease(directory: string): Promise<ModelRelease> {
  const manifest = await readManifest(directory);
  const sections = await Promise.all(
    Object.entries(manifest.sections).map(
      async ([name, entry]): Promise<[string, SectionArray]> => [name, await readSection(directory, name, entry)],
    ),
  );
  return new ModelRelease(manifest, new Map(sections));
}

/** Reads and checks the manifest alone; the sections are not verified. Throws an ArtifactError when it is missing or damaged. */
export async function readManifest(directory: string): Promise<Manifest> {
  const path = join(directory, 'manifest.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new ArtifactError(`${path}: cannot be read, so the release is unfinished or not there (${codeOf(cause)})`, { cause });
  }
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw new ArtifactError(`${path}: is not JSON, so the release is damaged`, { cause });
  }
  return checkManifest(manifest, path);
}

async function readSection(directory: string, name: string, entry: SectionEntry): Promise<SectionArray> {
  let file: Uint8Array;
  try {
    file = await readShared(join(directory, fileOf(name)), entry.type);
  } catch (cause) {
    throw new ArtifactError(`section ${name}: its file cannot be read (${codeOf(cause)})`, { cause });
  }
  const array = decodeSection(name, file);
  if (elementTypeOf(array) !== entry.type || array.length !== entry.count) {
    throw new ArtifactError(
      `section ${name}: ${array.length} × ${elementTypeOf(array)}, the manifest says ${entry.count} × ${entry.type}: a section of another release`,
    );
  }
  // decodeSection compared the data with the checksum in the header; now that checksum is compared with the manifest.
  if (new DataView(file.buffer).getUint32(16, true) !== entry.crc32)
    throw new ArtifactError(`section ${name}: is not damaged, but its checksum is not that of the manifest: a section of another release`);
  return array;
}

/** The whole file in memory that threads can share. */
async function readShared(path: string, type: ElementType): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const isForKernels = type === 'i16' && size >= MIN_KERNEL_BYTES;
    const bytes = new Uint8Array(isForKernels ? sharedMemory(size).buffer : new SharedArrayBuffer(size), 0, size);
    const length = await readInto(bytes, file);
    // Shorter when the file was cut meanwhile. The caller then says what is missing.
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}

async function readInto(bytes: Uint8Array, file: FileHandle): Promise<number> {
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

function inSharedMemory<T extends SectionArray>(array: T): T {
  const copy = new (array.constructor as new (buffer: ArrayBufferLike) => T)(new SharedArrayBuffer(array.byteLength));
  copy.set(array);
  return copy;
}

function checkManifest(value: unknown, path: string): Manifest {
  const problem = manifestProblem(value);
  if (problem !== undefined) throw new ArtifactError(`${path}: ${problem}`);
  return value as Manifest;
}

function manifestProblem(value: unknown): string | undefined {
  if (!isRecord(value)) return 'expected an object';
  if (value.format !== FORMAT_VERSION) return formatProblem(value.format);
  for (const key of ['version', 'dataset', 'builtAt']) if (typeof value[key] !== 'string') return `"${key}" is missing`;
  if (Number.isNaN(Date.parse(String(value.builtAt)))) return `"builtAt" is ${JSON.stringify(value.builtAt)}, expected a date`;
  if (!Number.isSafeInteger(value.movieCount)) return '"movieCount" is not a whole number';
  if (value.validation !== undefined && !isValidation(value.validation)) return '"validation" is not {"protocol", "users", "ndcg"}';
  if (!isRecord(value.sections) || Object.keys(value.sections).length === 0) return '"sections" is missing';
  for (const [name, entry] of Object.entries(value.sections)) {
    if (!/^[a-z][a-zA-Z]*\.[a-zA-Z.]+$/.test(name)) return `"${name}" is not a section's name`;
    if (!isRecord(entry) || typeof entry.type !== 'string' || !isElementType(entry.type)) return `section ${name} has no element type`;
    for (const key of ['count', 'bytes', 'crc32']) if (!Number.isSafeInteger(entry[key])) return `section ${name} has no ${key}`;
  }
  return undefined;
}

function isValidation(value: unknown): value is Validation {
  if (!isRecord(value) || typeof value.protocol !== 'string' || typeof value.users !== 'number' || !isRecord(value.ndcg)) return false;
  return Object.values(value.ndcg).every((figure) => typeof figure === 'number');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOneOf<T extends ElementType>(array: SectionArray, types: readonly T[]): array is ArrayOf[T] {
  const found: string = elementTypeOf(array);
  return types.some((type) => type === found);
}

function fileOf(section: string): string {
  return `${section}.bin`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
