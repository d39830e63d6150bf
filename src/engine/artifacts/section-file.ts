import { crc32 } from 'node:zlib';
import { ArtifactError } from './artifact-error.ts';

/** Element types of a section, with their codes in the file header. */
const ELEMENT_TYPES = {
  u8: { code: 1, array: Uint8Array },
  u16: { code: 2, array: Uint16Array },
  u32: { code: 3, array: Uint32Array },
  i16: { code: 4, array: Int16Array },
  i32: { code: 5, array: Int32Array },
  f32: { code: 6, array: Float32Array },
  f64: { code: 7, array: Float64Array },
} as const;

export type ElementType = keyof typeof ELEMENT_TYPES;
export type SectionArray = Uint8Array | Uint16Array | Uint32Array | Int16Array | Int32Array | Float32Array | Float64Array;

const MAGIC = 0x464d4331; // "1CMF" read little-endian
export const FORMAT_VERSION = 1;
/** Offset of the data: a multiple of every element size and of a cache line. */
export const HEADER_BYTES = 64;

// Typed arrays have the byte order of the machine, the format is little-endian, and nothing is converted: a big-endian machine is refused.
if (new Uint8Array(new Uint32Array([1]).buffer)[0] !== 1) throw new ArtifactError('artifacts are little-endian; this machine is not');

/** The element type of an array. Throws an ArtifactError when a section cannot hold it. */
export function elementTypeOf(array: SectionArray): ElementType {
  for (const [name, type] of Object.entries(ELEMENT_TYPES)) if (array instanceof type.array && isElementType(name)) return name;
  throw new ArtifactError('a section holds u8, u16, u32, i16, i32, f32 or f64 elements');
}

export function isElementType(name: string): name is ElementType {
  return Object.hasOwn(ELEMENT_TYPES, name);
}

/** CRC-32 of the bytes of the elements. */
export function checksumOf(array: SectionArray): number {
  return crc32(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}

/**
 * One section as a file: a header of 64 bytes, then the elements, all little-endian. The header has
 *
 *   offset  0  u32  magic
 *           4  u16  format version
 *           6  u8   code of the element type
 *           7  u8   bytes an element
 *           8  f64  number of elements
 *          16  u32  CRC-32 of the elements
 *          20  u32  CRC-32 of bytes 0 to 19
 *          24       zeros
 */
export function encodeSection(array: SectionArray): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(HEADER_BYTES + array.byteLength);
  const header = new DataView(file.buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint16(4, FORMAT_VERSION, true);
  header.setUint8(6, ELEMENT_TYPES[elementTypeOf(array)].code);
  header.setUint8(7, array.BYTES_PER_ELEMENT);
  header.setFloat64(8, array.length, true);
  header.setUint32(16, checksumOf(array), true);
  header.setUint32(20, crc32(file.subarray(0, 20)), true);
  file.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), HEADER_BYTES);
  return file;
}

/** Why a release of another format is refused, and what to do. */
export function formatProblem(found: unknown): string {
  const remedy =
    typeof found === 'number' && found > FORMAT_VERSION
      ? 'a newer program made it, so upgrade this one'
      : 'make it anew with "npm run pipeline -- train"';
  return `format ${String(found)}, this program reads ${FORMAT_VERSION}; ${remedy}`;
}

/**
 * The elements of a section file, as a view of `file`; nothing is copied. Throws an ArtifactError with the name of the section, the value
 * found and the value expected when the header or the data is not as encodeSection wrote it.
 */
export function decodeSection(name: string, file: Uint8Array): SectionArray {
  if (file.byteLength < HEADER_BYTES)
    throw new ArtifactError(`section ${name}: ${file.byteLength} bytes, shorter than its ${HEADER_BYTES}-byte header`);
  const header = new DataView(file.buffer, file.byteOffset, HEADER_BYTES);
  const magic = header.getUint32(0, true);
  if (magic !== MAGIC)
    throw new ArtifactError(`section ${name}: not an artifact section (magic 0x${magic.toString(16)}, expected 0x${MAGIC.toString(16)})`);
  const version = header.getUint16(4, true);
  if (version !== FORMAT_VERSION) throw new ArtifactError(`section ${name}: ${formatProblem(version)}`);
  if (header.getUint32(20, true) !== crc32(file.subarray(0, 20)))
    throw new ArtifactError(`section ${name}: header checksum does not match`);
  const code = header.getUint8(6);
  const type = Object.values(ELEMENT_TYPES).find((candidate) => candidate.code === code);
  if (type === undefined) throw new ArtifactError(`section ${name}: unknown element type ${code}`);
  const count = header.getFloat64(8, true);
  const expected = HEADER_BYTES + count * type.array.BYTES_PER_ELEMENT;
  if (!Number.isSafeInteger(count) || file.byteLength !== expected)
    throw new ArtifactError(`section ${name}: ${file.byteLength} bytes, expected ${expected}`);
  const make: new (buffer: ArrayBufferLike, byteOffset: number, length: number) => SectionArray = type.array;
  const array = new make(file.buffer, file.byteOffset + HEADER_BYTES, count);
  const checksum = header.getUint32(16, true);
  const found = checksumOf(array);
  if (found !== checksum) throw new ArtifactError(`section ${name}: data checksum ${hex(found)}, expected ${hex(checksum)}`);
  if (file.subarray(24, HEADER_BYTES).some((byte) => byte !== 0))
    throw new ArtifactError(`section ${name}: the reserved part of the header is not zero`);
  return array;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}
