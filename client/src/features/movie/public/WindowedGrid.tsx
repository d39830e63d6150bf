import { defaultRangeExtractor, type Range, useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { rovingFocus } from '../../../ui/roving-focus.ts';
import styles from './MovieGrid.module.css';

/** Rows drawn above and below the visible ones. */
const OVERSCAN = 2;
interface Layout {
  columns: number;
  gap: number;
  /** Height of the first row that was drawn, which is the estimate for others. */
  row: number;
  /** Distance from the top of the page. */
  top: number;
}

/** What is known of lists that were shown before, so that going back finds the same height and position. */
const seen = new Map<string, { layout: Layout; rows: VirtualItem[] }>();
const MAX_SEEN = 50;

interface Props<Item> {
  /** Identifies the list among all lists of the app. */
  list: string;
  items: readonly Item[];
  keyOf(item: Item): string;
  children(item: Item, place: number): ReactNode;
}

/** A grid of which only the rows near the visible part are in the document. The row with the focus stays as well. */
export function WindowedGrid<Item>({ list, items, keyOf, children }: Props<Item>) {
  const grid = useRef<HTMLUListElement>(null);
  const [layout, setLayout] = useState<Layout>(() => seen.get(list)?.layout ?? { columns: 6, gap: 24, row: 480, top: 0 });
  useMeasuredLayout(grid, setLayout);
  useEffect(() => rovingFocus(grid.current), []);
  const { columns, gap, row: estimatedRow, top } = layout;
  const virtualizer = useWindowVirtualizer({
    count: Math.ceil(items.length / columns),
    estimateSize: () => estimatedRow,
    overscan: OVERSCAN,
    gap,
    scrollMargin: top,
    initialMeasurementsCache: seen.get(list)?.rows ?? [],
    rangeExtractor: (range) => withFocusedRow(grid.current, range),
    onChange(changed) {
      if (seen.size >= MAX_SEEN) seen.clear();
      seen.set(list, { layout, rows: changed.takeSnapshot() });
    },
  });
  const rows = virtualizer.getVirtualItems();
  const end = virtualizer.getTotalSize() + top;
  return (
    <ul ref={grid} className={`${styles.grid} ${styles.windowed}`}>
      {rows.map((row, n) => (
        <Fragment key={row.index}>
          <Space height={row.start - (n === 0 ? top : rows[n - 1].end + gap) - gap} />
          {items.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
            <li
              key={keyOf(item)}
              // Rows are as high as their highest card, and cards fill the row.
              ref={column === 0 ? virtualizer.measureElement : undefined}
              data-index={row.index}
              aria-setsize={items.length}
              aria-posinset={row.index * columns + column + 1}
            >
              {children(item, row.index * columns + column)}
            </li>
          ))}
        </Fragment>
      ))}
      <Space height={end - (rows.at(-1)?.end ?? top) - gap} />
    </ul>
  );
}

/** Stands for rows that are not in the document. */
function Space({ height }: { height: number }) {
  return height <= 0 ? null : <li aria-hidden className={styles.space} style={{ blockSize: height }} />;
}

function withFocusedRow(grid: HTMLElement | null, range: Range): number[] {
  const rows = defaultRangeExtractor(range);
  const focused = grid?.querySelector<HTMLElement>('li[data-index]:focus-within')?.dataset.index;
  if (focused === undefined) return rows;
  return [...new Set([...rows, Math.min(Number(focused), range.count - 1)])].sort((a, b) => a - b);
}

/** The columns are the style sheet's decision. They are read before the browser paints, and again when sizes change. */
function useMeasuredLayout(grid: RefObject<HTMLUListElement | null>, setLayout: (next: (known: Layout) => Layout) => void): void {
  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null) return;
    const measure = (): void => {
      const { gridTemplateColumns, rowGap } = getComputedStyle(element);
      const columns = gridTemplateColumns.split(' ').length;
      const gap = Number.parseFloat(rowGap) || 0;
      const top = Math.round(element.getBoundingClientRect().top + window.scrollY);
      setLayout((known) => {
        if (known.columns === columns && known.gap === gap && known.top === top) return known;
        return { columns, gap, top, row: element.querySelector<HTMLElement>('li[data-index]')?.offsetHeight ?? known.row };
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [grid, setLayout]);
}
