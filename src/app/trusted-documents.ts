import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ErrorCode } from '../graphql/errors.ts';
import { HttpError } from '../http/http-error.ts';

/** What a client may send in place of the text of a document, in the body or in the query string. */
export interface DocumentReference {
  query?: unknown;
  documentId?: unknown;
  extensions?: unknown;
}

const manifest = z.record(z.string(), z.string());

/** The documents of the web app by the SHA-256 of their text, as the build writes them. */
export class TrustedDocuments {
  readonly #texts: ReadonlyMap<string, string>;
  /** Whether every other document is refused. */
  readonly #only: boolean;

  constructor(texts: Readonly<Record<string, string>>, only: boolean) {
    this.#texts = new Map(Object.entries(texts));
    this.#only = only;
  }

  /** None when the web app was not built. */
  static read(clientDirectory: string, only: boolean): TrustedDocuments {
    const file = join(clientDirectory, 'documents.json');
    return new TrustedDocuments(existsSync(file) ? manifest.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}, only);
  }

  get size(): number {
    return this.#texts.size;
  }

  /** The text behind a reference without one; undefined when it is not known here. Throws an HttpError for a document that is refused. */
  textFor({ query, documentId, extensions }: DocumentReference): string | undefined {
    const text = typeof query === 'string' ? undefined : this.#texts.get(hashIn(documentId, extensions) ?? '');
    if (this.#only && text === undefined && !(typeof query === 'string' && this.#texts.has(hash('sha256', query)))) {
      const problem = 'This server runs the documents of its web app only. TRUSTED_DOCUMENTS=any runs others too.';
      throw new HttpError(403, 'DOCUMENT_NOT_TRUSTED' satisfies ErrorCode, problem);
    }
    return text;
  }
}

/** The hash of a reference: `documentId` as "sha256:HASH", or Apollo's `extensions.persistedQuery`. */
export function hashIn(documentId: unknown, extensions: unknown): string | undefined {
  if (typeof documentId === 'string') return documentId.replace(/^sha256:/, '').toLowerCase();
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } | null };
  const sha256 = persistedQuery?.sha256Hash;
  return typeof sha256 === 'string' ? sha256.toLowerCase() : undefined;
}
