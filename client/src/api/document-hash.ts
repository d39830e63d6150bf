import type { DocumentNode } from 'graphql';

/** SHA-256 of the document's text, as the build writes it beside the document. Undefined in development. */
export function documentHash(document: DocumentNode): string | undefined {
  return 'hash' in document && typeof document.hash === 'string' ? document.hash : undefined;
}
