import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode } from 'graphql';
import { BASE_PATH } from './base-path.ts';
import { documentHash } from './document-hash.ts';

/** A query without Apollo and without a cache. Only for the landing page, which has to stay small. */
export async function fetchGraphQL<Result, Variables>(
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const hash = documentHash(document);
  const known = hash === undefined ? null : await send<Result>({ documentId: `sha256:${hash}`, variables });
  // A server of another version does not know the hash.
  const data = known ?? (await send<Result>({ query: await textOf(document), variables }));
  if (data === null) throw new Error('no answer');
  return data;
}

/** Null without data. */
async function send<Result>(body: object): Promise<Result | null> {
  const response = await fetch(`${BASE_PATH}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: { data?: Result | null } = await response.json();
  return answer.data ?? null;
}

/** The printer is loaded only when it is needed. */
async function textOf(document: DocumentNode): Promise<string> {
  const { print } = await import('./print-document.ts');
  return print(document);
}
