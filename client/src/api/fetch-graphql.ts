import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

/** A query without Apollo and without a cache. Only for the landing page, which has to stay small. */
export async function fetchGraphQL<Result, Variables>(
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const answer: { data?: Result | null } = await response.json();
  if (answer.data === undefined || answer.data === null) throw new Error(`no answer (${response.status})`);
  return answer.data;
}
