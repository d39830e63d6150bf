import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EncodedBody, preferredEncoding } from './encoded-body.ts';

const LONG = 'The same words over and over. '.repeat(100);

function brotliOf(text: string, level: number): Buffer {
  const params = { [constants.BROTLI_PARAM_QUALITY]: level, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  return brotliCompressSync(text, { params });
}

describe('a body in its encodings', () => {
  it('is compressed from 1,024 bytes on', () => {
    expect(EncodedBody.once('x'.repeat(1_023)).encodingFor('br')).toBeUndefined();
    expect(EncodedBody.once('x'.repeat(1_024)).encodingFor('br')).toBe('br');
    // Bytes, not characters.
    expect(EncodedBody.once('é'.repeat(512)).encodingFor('gzip')).toBe('gzip');
  });

  it.each(['once', 'kept'] as const)('reads the same in every form (%s)', async (how) => {
    const body = EncodedBody[how](LONG);
    expect(body.in(undefined)).toBe(body.plain);
    expect(brotliDecompressSync(await body.in('br')).toString()).toBe(LONG);
    expect(gunzipSync(await body.in('gzip')).toString()).toBe(LONG);
  });

  it('makes each form once, and counts the bytes of all', async () => {
    const body = EncodedBody.kept(Buffer.from(LONG));
    expect(body.bytes).toBe(LONG.length);
    const form = await body.in('br');
    expect(body.in('br')).toBe(form);
    expect(body.bytes).toBe(LONG.length + form.length);
    const other = await body.in('gzip');
    expect(body.bytes).toBe(LONG.length + form.length + other.length);
  });

  it('is smaller when it is kept than when it is sent once', async () => {
    const text = Array.from({ length: 3_000 }, (_, n) => `${(n * 7_919) % 1_000} ${Math.sin(n).toFixed(3)}`).join(' ');
    for (const encoding of ['br', 'gzip'] as const) {
      const [kept, once] = await Promise.all([EncodedBody.kept(text).in(encoding), EncodedBody.once(text).in(encoding)]);
      expect(kept.length).toBeLessThan(once.length);
    }
    // The levels, by the bytes that they make of this text.
    const gzipped = [1, 2, 5, 6, 7].map((level) => gzipSync(text, { level }).length);
    const brotli = [0, 1, 2, 4, 5, 6].map((level) => brotliOf(text, level).length);
    for (const lengths of [gzipped, brotli]) expect(new Set(lengths).size).toBe(lengths.length);
    const lengthsOf = async (how: 'once' | 'kept') => {
      const forms = await Promise.all((['gzip', 'br'] as const).map((encoding) => EncodedBody[how](text).in(encoding)));
      return forms.map(({ length }) => length);
    };
    expect(await lengthsOf('once')).toEqual([gzipped[0], brotli[1]]);
    expect(await lengthsOf('kept')).toEqual([gzipped[3], brotli[4]]);
  });

  it('has a tag of 20 characters that names the content, and each form of it', () => {
    const body = EncodedBody.once(LONG);
    const tag = body.etag(undefined);
    expect(tag).toMatch(/^"[\w-]{20}"$/);
    expect(EncodedBody.kept(LONG).etag(undefined)).toBe(tag);
    expect(EncodedBody.once(`${LONG}.`).etag(undefined)).not.toBe(tag);
    expect([body.etag('br'), body.etag('gzip')]).toEqual([tag.replace(/"$/, '-br"'), tag.replace(/"$/, '-gzip"')]);
  });
});

describe('the encoding that a caller likes best', () => {
  it.each<[string | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['deflate', undefined],
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1, br;q=0.9', 'gzip'],
    ['gzip;q=0.5, br;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0, gzip;q=0', undefined],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['br;q=0, *', 'gzip'],
    ['gzip ; q=0.2 , br;q=0.1', 'gzip'],
    ['br;level=3;q=0.1, gzip;q=0.2', 'gzip'],
    ['br;q=high, gzip;q=0.9', 'br'],
  ])('%j is %s', (acceptEncoding, encoding) => {
    expect(preferredEncoding(acceptEncoding)).toBe(encoding);
  });
});
