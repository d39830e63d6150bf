import type { CDPSession, Page } from 'playwright-core';
import { SIZES, type Stage } from '../client/e2e/stage.ts';
import { median } from './quantiles.ts';

/** Time for the answer of the server and what is drawn after it. */
const SETTLE_MS = 1_000;
const CLICKS = 5;

export interface LongList {
  cards: number;
  elements: number;
  heapMegabytes: number;
  like: ClickCost;
  watchlist: ClickCost;
}

/** Processor time of the page's main thread for one click, median, in milliseconds. */
interface ClickCost {
  /** Scripts, styles and layout. */
  work: number;
  /** These, garbage, and the painting of each frame of the message that slides in. */
  withPainting: number;
}

const WORK = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'];

/** The home page of a guest, scrolled to its end: what the page holds, and what a click costs there. */
export async function measureLongList(stage: Stage, slowdown: number): Promise<LongList> {
  const { page, close } = await stage.stranger(SIZES.desktop);
  try {
    await page.goto('/home');
    const list = page.locator('section[aria-busy]');
    await list.locator('article').nth(5).waitFor();
    const cards = await scrollToEnd(page);
    await page.waitForLoadState('networkidle');
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await cdp.send('HeapProfiler.collectGarbage');
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    const heapMegabytes = (await metricsOf(cdp))('JSHeapUsedSize') / 1_000_000;
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const like = await costOf(page, cdp, 'article fieldset button[data-signal=LIKE]');
    const watchlist = await costOf(page, cdp, 'article fieldset button:not([data-signal])');
    return { cards, elements, heapMegabytes, like, watchlist };
  } finally {
    await close();
  }
}

async function scrollToEnd(page: Page): Promise<number> {
  const known = (): Promise<number> =>
    page.evaluate(() => Number(document.querySelector('section[aria-busy] li[aria-setsize]')?.getAttribute('aria-setsize')));
  for (;;) {
    const before = await known();
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight - 2 * window.innerHeight));
    const grew = await page
      .waitForFunction(
        (count) => Number(document.querySelector('section[aria-busy] li[aria-setsize]')?.getAttribute('aria-setsize')) > count,
        before,
        { timeout: 3_000 },
      )
      .then(
        () => true,
        () => false,
      );
    if (!grew) return before;
  }
}

/** Each click is on another card of the screen. */
async function costOf(page: Page, cdp: CDPSession, selector: string): Promise<ClickCost> {
  const costs: Record<keyof ClickCost, number[]> = { work: [], withPainting: [] };
  for (let click = 0; click < CLICKS; click++) {
    const button = await page.evaluateHandle(
      ([buttons, place]) =>
        [...document.querySelectorAll<HTMLElement>(`section[aria-busy] ${buttons}`)].filter((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return top > 100 && bottom < window.innerHeight - 100;
        })[place],
      [selector, click] as const,
    );
    const before = await timesOf(cdp);
    await button.evaluate((element) => element.click());
    await page.waitForTimeout(SETTLE_MS);
    const after = await timesOf(cdp);
    costs.work.push(after.work - before.work);
    costs.withPainting.push(after.withPainting - before.withPainting);
  }
  return { work: median(costs.work), withPainting: median(costs.withPainting) };
}

async function timesOf(cdp: CDPSession): Promise<ClickCost> {
  const metricOf = await metricsOf(cdp);
  const milliseconds = (name: string): number => metricOf(name) * 1_000;
  return { work: WORK.reduce((sum, name) => sum + milliseconds(name), 0), withPainting: milliseconds('TaskDuration') };
}

async function metricsOf(cdp: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (sought) => metrics.find(({ name }) => name === sought)?.value ?? Number.NaN;
}
