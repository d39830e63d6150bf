import type { DocumentNode, Token } from 'graphql';
import { LRUCache } from 'lru-cache';
import { SeenBefore } from '../../seen-before.ts';

const MAX_BYTES = 16_777_216;
/** A parsed token with its nodes takes about this much memory. */
const BYTES_OF_A_TOKEN = 500;

/** What Apollo needs of a store of parsed documents. */
export interface DocumentStore {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** Parsed documents that came twice, by the hash of their text, the last used ones. Each weighs its text and its tokens, comments included. */
export function documentStore(maxBytes = MAX_BYTES): DocumentStore & { readonly bytes: number } {
  const documents = new LRUCache<string, DocumentNode>({ maxSize: maxBytes, sizeCalculation: bytesOf });
  const seen = new SeenBefore();
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => {
      // A program that writes values into its documents sends each of them once.
      if (seen.see(key)) documents.set(key, document);
    },
    delete: async (key) => documents.delete(key),
    get bytes() {
      return documents.calculatedSize;
    },
  };
}

function bytesOf({ loc }: DocumentNode): number {
  let bytes = 2 * (loc?.source.body.length ?? 0);
  for (let token: Token | null | undefined = loc?.startToken; token; token = token.next) bytes += BYTES_OF_A_TOKEN;
  return Math.max(1, bytes);
}

/** Texts of documents that callers registered by their hash (automatic persisted queries), the last used ones. */
const MAX_TEXT_BYTES = 4_194_304;

export function textStore(maxBytes = MAX_TEXT_BYTES) {
  const texts = new LRUCache<string, string>({ maxSize: maxBytes, sizeCalculation: (text, key) => 2 * (text.length + key.length) });
  return {
    get: async (key: string): Promise<string | undefined> => texts.get(key),
    set: async (key: string, text: string): Promise<void> => {
      texts.set(key, text);
    },
    delete: async (key: string): Promise<boolean> => texts.delete(key),
  };
}
