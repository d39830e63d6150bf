import { type ApolloClient, ApolloLink } from '@apollo/client';
import type { DocumentNode } from 'graphql';
import { tap } from 'rxjs';

interface WiderQuery {
  /** The query that the server is asked. */
  sent: DocumentNode;
  /** Writes to the cache what only this query asks for. */
  keep(client: ApolloClient, data: NonNullable<ApolloLink.Result['data']>): void;
}

const widerOf = new Map<string, WiderQuery>();

/**
 * From now on the server is asked the wider query whenever the narrow one is fetched: for the first time, again, or after the cache was
 * emptied. A page watches the narrow one, so that changes of what it leaves out do not make Apollo read and compare the whole answer.
 */
export function fetchWider(narrow: DocumentNode, wider: WiderQuery): void {
  widerOf.set(nameOf(narrow), wider);
}

export const widerQueryLink = new ApolloLink((operation, forward) => {
  const wider = widerOf.get(operation.operationName ?? '');
  if (wider === undefined) return forward(operation);
  const { client } = operation;
  operation.query = client.documentTransform.transformDocument(wider.sent);
  operation.operationName = nameOf(wider.sent);
  return forward(operation).pipe(
    tap(({ data }) => {
      if (data !== null && data !== undefined) wider.keep(client, data);
    }),
  );
});

function nameOf({ definitions: [operation] }: DocumentNode): string {
  return 'name' in operation ? (operation.name?.value ?? '') : '';
}
