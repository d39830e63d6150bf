import type { BrowserContext, Page } from 'playwright-core';

interface Shift {
  /** Start time of the document that shifted. It identifies the document. */
  page: number;
  path: string;
  value: number;
  /** Milliseconds since the document began. */
  at: number;
  /** The elements that moved. */
  what: string;
}

/** Half of what https://web.dev/articles/cls calls good. */
const MAX = 0.05;
const MAX_PAUSE_MS = 1_000;
const MAX_WINDOW_MS = 5_000;

/** Cumulative layout shift of every document of a browser context, as https://web.dev/articles/cls defines it. */
export class LayoutShifts {
  readonly #shifts: Shift[] = [];

  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding('layoutShifted', (_source, shift: Shift) => this.#shifts.push(shift));
    await context.addInitScript(report);
  }

  /** The documents that shifted more than MAX, each with its largest shift. */
  complaints(): string[] {
    return [...Map.groupBy(this.#shifts, ({ page }) => page).values()].flatMap((shifts) => {
      const value = cumulative(shifts.toSorted((a, b) => a.at - b.at));
      const worst = shifts.reduce((a, b) => (b.value > a.value ? b : a));
      return value < MAX ? [] : [`${worst.path}: layout shift of ${value.toFixed(3)}, most of it by ${worst.what}`];
    });
  }
}

/** The largest sum of a session window: shifts less than a second apart, within five seconds. */
export function cumulative(shifts: readonly Pick<Shift, 'value' | 'at'>[]): number {
  let largest = 0;
  let sum = 0;
  let begun = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { value, at } of shifts) {
    if (at - last >= MAX_PAUSE_MS || at - begun >= MAX_WINDOW_MS) {
      begun = at;
      sum = 0;
    }
    sum += value;
    last = at;
    largest = Math.max(largest, sum);
  }
  return largest;
}

/** Runs in the page. */
function report(): void {
  // What a visitor types moves the page, as Chromium says of keys for 500 ms. `fill` writes without keys. A busy machine paints later.
  const ALLOWED_MS = 2_000;
  let writtenAt = Number.NEGATIVE_INFINITY;
  const wrote = (): void => {
    writtenAt = performance.now();
  };
  addEventListener('input', wrote, { capture: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!('value' in entry) || !('hadRecentInput' in entry) || !('sources' in entry) || entry.hadRecentInput === true) continue;
      if (entry.startTime >= writtenAt && entry.startTime - writtenAt < ALLOWED_MS) continue;
      const sources = Array.isArray(entry.sources) ? entry.sources : [];
      const what = sources.map(({ node, previousRect, currentRect }) => {
        const element = node instanceof Element ? node : node?.parentElement;
        return `${element?.tagName.toLowerCase()}.${element?.className} (${previousRect.y} to ${currentRect.y})`;
      });
      const shift = {
        page: performance.timeOrigin,
        path: location.pathname,
        value: entry.value,
        at: entry.startTime,
        what: what.join(', '),
      };
      const send: unknown = Reflect.get(window, 'layoutShifted');
      if (typeof send === 'function') send(shift);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Ignores the shifts of this page until it is loaded again. For content that takes its space on request. */
export async function mayMove(page: Page): Promise<void> {
  await page.evaluate(() => Reflect.deleteProperty(window, 'layoutShifted'));
}
