import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { documentStore, textStore } from './document-store.ts';

/** The start, "{", "a", "}", a comment and the end, at 500 bytes each. */
const TOKENS = 6 * 500;
const DOCUMENTS = 16_777_216;
const TEXTS = 4_194_304;

/** A document whose text has this many characters, nearly all of them in a comment. */
const documentOf = (characters: number) => parse(`{a}#${'x'.repeat(characters - 4)}`);

describe('the store of documents', () => {
  it('weighs two bytes a character and 500 a token', async () => {
    const store = documentStore();
    for (let twice = 0; twice < 2; twice++) await store.set('key', documentOf(10));
    expect(store.bytes).toBe(20 + TOKENS);
  });

  it('keeps a document of the whole bound, and none that is larger', async () => {
    const largest = (DOCUMENTS - TOKENS) / 2;
    for (const [characters, kept] of [
      [largest, true],
      [largest + 1, false],
    ] as const) {
      const store = documentStore();
      for (let twice = 0; twice < 2; twice++) await store.set('key', documentOf(characters));
      expect((await store.get('key')) !== undefined).toBe(kept);
    }
  });

  it('weighs a document without a text as one byte', async () => {
    const store = documentStore();
    const document = parse('{a}', { noLocation: true });
    for (let twice = 0; twice < 2; twice++) await store.set('key', document);
    expect(store.bytes).toBe(1);
  });
});

describe('the store of registered texts', () => {
  it('keeps a text that fills it with its key, and none that is larger', async () => {
    const store = textStore();
    await store.set('k', 'x'.repeat(TEXTS / 2 - 1));
    expect(await store.get('k')).toHaveLength(TEXTS / 2 - 1);
    await store.set('l', 'x'.repeat(TEXTS / 2));
    expect(await store.get('l')).toBeUndefined();
    expect(await store.get('k')).toBeDefined();
    expect(await store.delete('k')).toBe(true);
    expect(await store.get('k')).toBeUndefined();
  });

  it('drops the texts that were used longest ago', async () => {
    const store = textStore(100);
    for (const key of ['a', 'b']) await store.set(key, 'x'.repeat(20));
    await store.get('a');
    await store.set('c', 'x'.repeat(20));
    expect([await store.get('a'), await store.get('b'), await store.get('c')].map((text) => text?.length)).toEqual([20, undefined, 20]);
  });
});
