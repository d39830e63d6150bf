import { InputError } from '../../input-error.ts';
import type { PageInfo } from '../paging/page-info.type.ts';

/** Pages of a list that changes: a cursor holds the key of its item, so it stays valid. */
export function keyCursor(format: string, key: readonly string[]): string {
  return Buffer.from(JSON.stringify([format, ...key])).toString('base64url');
}

/** The key of a cursor; undefined without one. Throws an InputError for the cursor of another list. */
export function keyAfter(cursor: string | null | undefined, format: string, parts: number): string[] | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const found = /^[\w-]{1,1000}$/.test(cursor) ? parsed(Buffer.from(cursor, 'base64url').toString('utf8')) : undefined;
  const isKey = Array.isArray(found) && found.length === parts + 1 && found.every((part) => typeof part === 'string');
  if (isKey && found[0] === format) return found.slice(1);
  throw new InputError('after', 'is not a cursor of this list; pass a `cursor` or `endCursor` as it was given', {
    reason: 'MALFORMED_CURSOR',
  });
}

export interface KeyPage<T> {
  edges: { cursor: string; node: T }[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount: number;
}

interface PageParts<T> {
  nodes: T[];
  cursorOf(node: T): string;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  totalCount: number;
}

export function keyPage<T>({ nodes, cursorOf, hasNextPage, hasPreviousPage, totalCount }: PageParts<T>): KeyPage<T> {
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  const pageInfo = {
    hasNextPage,
    hasPreviousPage,
    startCursor: edges.at(0)?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, nodes, totalCount, pageInfo };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
