import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addTypenameToDocument } from '@apollo/client/utilities';
import { type DocumentNode, Kind, print } from 'graphql';

const GENERATED = fileURLToPath(new URL('../client/src/generated/graphql.ts', import.meta.url));
const DOCUMENT = /^export const (\w+) = (\{"kind":"Document".*\}) as unknown as DocumentNode/gm;

export interface GeneratedDocument {
  /** As codegen names it. */
  name: string;
  json: string;
  /** The text that Apollo Client sends, with its __typename fields. Undefined for a fragment. */
  text: string | undefined;
  /** SHA-256 of `text`. */
  hash: string | undefined;
}

/** The documents that codegen found in the web app. */
export function generatedDocuments(): GeneratedDocument[] {
  return [...readFileSync(GENERATED, 'utf8').matchAll(DOCUMENT)].map(([, name, json]) => {
    const document: DocumentNode = JSON.parse(json);
    const isOperation = document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const text = isOperation ? print(addTypenameToDocument(document)) : undefined;
    return { name, json, text, hash: text === undefined ? undefined : createHash('sha256').update(text).digest('hex') };
  });
}

/** Texts by hash, for the server. */
export function documentManifest(): Record<string, string> {
  return Object.fromEntries(
    generatedDocuments().flatMap(({ hash, text }) => (hash === undefined || text === undefined ? [] : [[hash, text]])),
  );
}
