import { type ReferenceExpression, type SelectQueryBuilder, sql } from 'kysely';
import type { SortedPage, SortKey } from './history-store.ts';

export type SortColumns = readonly (readonly [column: string, direction: 'asc' | 'desc'])[];

/**
 * A page of a list in the order of `columns`, which must be total. `after` holds the values of the entry before the page, so a page begins
 * at the same place when entries are added and removed.
 */
export async function sortedPage<DB, TB extends keyof DB, O extends object, Item>(
  list: SelectQueryBuilder<DB, TB, O>,
  columns: SortColumns,
  { first, after }: { first: number; after: SortKey | undefined },
  itemOf: (row: O) => Item,
): Promise<SortedPage<Item>> {
  const reference = (column: string) => column as ReferenceExpression<DB, TB>;
  const rest =
    after === undefined
      ? list
      : list.where((eb) =>
          eb.or(
            columns.map(([column, direction], i) =>
              eb.and([
                ...columns.slice(0, i).map(([before], k) => eb(reference(before), '=', after[k] as never)),
                eb(reference(column), direction === 'asc' ? '>' : '<', after[i] as never),
              ]),
            ),
          ),
        );
  const totalCount = await countOf(list);
  const left = after === undefined ? totalCount : await countOf(rest);
  let page = rest;
  for (const [column, direction] of columns) page = page.orderBy(reference(column) as never, direction) as typeof page;
  const rows = await page.limit(first).execute();
  const keyOf = (row: object): SortKey => columns.map(([column]) => (row as Record<string, number | string>)[column]);
  return {
    items: rows.map((row) => ({ item: itemOf(row as O), key: keyOf(row) })),
    totalCount,
    hasNextPage: left > rows.length,
    hasPreviousPage: left < totalCount,
  };
}

async function countOf<DB, TB extends keyof DB, O>(list: SelectQueryBuilder<DB, TB, O>): Promise<number> {
  const row = await list.clearSelect().select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
  return Number((row as { count: number }).count);
}
