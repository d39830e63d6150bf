import { cumulative } from '../client/e2e/layout-shifts.ts';
import { SIZES, Stage } from '../client/e2e/stage.ts';
import { findChromium } from '../test/real-servers/chromium.ts';
import { median } from './quantiles.ts';
import { type LongList, measureLongList } from './web-clicks.ts';

const PAGES = [
  { name: 'landing', path: '/', usable: 'main h3' },
  { name: 'tonight', path: '/tonight', usable: 'main article button' },
  { name: 'home', path: '/home', usable: 'main article button[aria-pressed]' },
  { name: 'movie', path: '/movie/2571', usable: 'main article button[aria-pressed]' },
  { name: 'results', path: '/search?q=the', usable: 'main article button[aria-pressed]' },
  { name: 'welcome', path: '/welcome', usable: 'main section button[aria-pressed]' },
  { name: 'together', path: '/together?p=2571.260~Ada&p=1.318~Ben', usable: 'main li h3' },
  { name: 'watchlist', path: '/watchlist', usable: 'main select' },
  { name: 'sign-in', path: '/sign-in', usable: 'main form button' },
] as const;
/** As a phone of the middle range is slower than a computer. */
const PHONE = { name: 'phone, processor 4 times slower', size: SIZES.phone, slowdown: 4 };
const DEVICES = [{ name: 'computer', size: SIZES.desktop, slowdown: 1 }, PHONE] as const;
/** Compressed, on any page. */
const MAX_SCRIPT_KILOBYTES = 200;
/** A task blocks for as long as it takes beyond this. */
const SHORT_TASK_MS = 50;
const LOADS = 5;
const HOME_MS = 1_500;
const SLOWEST_MS = 20_000;
/** Time for layout shifts that follow after the page is usable. */
const SETTLE_MS = 500;

/** One load of one page. Times in milliseconds since the navigation began. */
interface Load {
  firstPaint: number;
  largestPaint: number;
  usable: number;
  /** Until the page is usable. */
  blocking: number;
  layoutShift: number;
  /** Compressed, as the server sends it. */
  scriptKilobytes: number;
}

/**
 * How soon the built pages are usable, in Chromium without a cache and with a warm server: the median of five loads of each page.
 * `usable` is the first frame in which the page's main control can be pressed.
 */
export async function measureWeb(asJson: boolean): Promise<void> {
  const { path: chromium, hint } = findChromium();
  if (chromium === undefined) throw new Error(`web ${hint}`);
  const stage = await Stage.open(chromium);
  try {
    const measured: Record<string, Record<string, Load>> = {};
    for (const device of DEVICES) {
      const ofDevice: Record<string, Load> = {};
      for (const page of PAGES) {
        await load(stage, page, device);
        const loads: Load[] = [];
        for (let n = 0; n < LOADS; n++) loads.push(await load(stage, page, device));
        ofDevice[page.name] = medians(loads);
      }
      measured[device.name] = ofDevice;
    }
    const taps = { 'to a first list': await tapsToFirstList(stage), "to tonight's film, for who comes back": await tapsToTonight(stage) };
    const longList: Record<string, LongList> = {};
    for (const { name, slowdown } of DEVICES) longList[name] = await measureLongList(stage, slowdown);
    if (asJson) process.stdout.write(`${JSON.stringify({ ...measured, taps, longList }, null, 2)}\n`);
    else {
      for (const [device, loads] of Object.entries(measured)) process.stdout.write(`${device}\n${tableOf(loads)}\n`);
      for (const [goal, count] of Object.entries(taps)) process.stdout.write(`taps ${goal}: ${count}\n`);
      for (const [device, { cards, elements, heapMegabytes, like, watchlist }] of Object.entries(longList))
        process.stdout.write(
          `a list of ${cards} cards, ${device}: ${elements} elements, ${heapMegabytes.toFixed(0)} MB; processor ms of a click (with painting): like ${costText(like)}, watchlist ${costText(watchlist)}\n`,
        );
    }
    const large = Object.values(measured.computer).some(({ scriptKilobytes }) => scriptKilobytes > MAX_SCRIPT_KILOBYTES);
    if (large || measured.computer.home.usable > HOME_MS) process.exitCode = 1;
  } finally {
    await stage.close();
  }
}

function costText({ work, withPainting }: LongList['like']): string {
  return `${work.toFixed(0)} (${withPainting.toFixed(0)})`;
}

async function load(stage: Stage, { path, usable }: (typeof PAGES)[number], { size, slowdown }: (typeof DEVICES)[number]): Promise<Load> {
  const { page, close } = await stage.stranger(size);
  try {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.addInitScript(watch, usable);
    await page.goto(path, { waitUntil: 'commit' });
    // A slow machine can show the page after its main control is there.
    const isDone = (): boolean => ['usable', 'first-contentful-paint'].every((name) => performance.getEntriesByName(name).length > 0);
    await page.waitForFunction(isDone, undefined, { timeout: SLOWEST_MS });
    await page.waitForTimeout(SETTLE_MS);
    const { shifts, tasks, ...figures } = await page.evaluate(read);
    const late = tasks.filter(({ at }) => at >= figures.firstPaint && at <= figures.usable);
    const blocking = late.reduce((sum, { duration }) => sum + Math.max(0, duration - SHORT_TASK_MS), 0);
    return { ...figures, blocking, layoutShift: cumulative(shifts) };
  } finally {
    await close();
  }
}

/** A new visitor on a phone: from the first page to recommendations. */
async function tapsToFirstList(stage: Stage): Promise<number> {
  const { page, close } = await stage.stranger(PHONE.size);
  try {
    let taps = 0;
    const tap = async (selector: string): Promise<void> => {
      await page.locator(selector).first().click();
      taps++;
    };
    await page.goto('/');
    await tap('main p > button');
    await page.waitForURL('**/welcome');
    const picks = 'main section button[aria-pressed="false"]';
    const finish = page.locator('main div > button').last();
    while (await finish.isDisabled()) {
      await page.locator(picks).first().waitFor();
      await tap(picks);
      await page.waitForTimeout(SETTLE_MS);
    }
    await finish.click();
    taps++;
    await page.waitForURL('**/home');
    return taps;
  } finally {
    await close();
  }
}

/** A guest on a phone who opens the address of the server. */
async function tapsToTonight(stage: Stage): Promise<number> {
  const visit = await stage.visit('phone');
  try {
    await visit.beGuest();
    await visit.page.goto('/');
    let taps = 0;
    if (!visit.page.url().endsWith('/tonight')) {
      await visit.page.locator('nav a[href="/tonight"]').click();
      taps++;
    }
    await visit.page.locator('main article h2').waitFor();
    return taps;
  } finally {
    await visit.close();
  }
}

/** Runs in the page before its own scripts. */
function watch(selector: string): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector(selector) === null) return;
    observer.disconnect();
    requestAnimationFrame(() => performance.mark('usable'));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Runs in the page when it is usable. */
function read() {
  const entriesOf = (type: string): PerformanceEntry[] => {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type, buffered: true });
    const entries = observer.takeRecords();
    observer.disconnect();
    return entries;
  };
  const numberOf = (entry: object, name: string): number => Number(Reflect.get(entry, name));
  const usable = performance.getEntriesByName('usable')[0].startTime;
  const scripts = performance
    .getEntriesByType('resource')
    .filter(({ name, startTime }) => name.endsWith('.js') && startTime <= usable)
    .map((entry) => numberOf(entry, 'encodedBodySize'));
  return {
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    largestPaint: entriesOf('largest-contentful-paint').at(-1)?.startTime ?? Number.NaN,
    usable,
    scriptKilobytes: scripts.reduce((sum, bytes) => sum + bytes, 0) / 1_000,
    tasks: entriesOf('longtask').map(({ startTime, duration }) => ({ at: startTime, duration })),
    shifts: entriesOf('layout-shift')
      .filter((entry) => Reflect.get(entry, 'hadRecentInput') === false)
      .map((entry) => ({ at: entry.startTime, value: numberOf(entry, 'value') })),
  };
}

function medians(loads: readonly Load[]): Load {
  const of = (figure: keyof Load): number => median(loads.map((one) => one[figure]));
  return {
    firstPaint: of('firstPaint'),
    largestPaint: of('largestPaint'),
    usable: of('usable'),
    blocking: of('blocking'),
    layoutShift: of('layoutShift'),
    scriptKilobytes: of('scriptKilobytes'),
  };
}

function tableOf(measured: Readonly<Record<string, Load>>): string {
  const rows = Object.entries(measured).map(([name, { firstPaint, largestPaint, usable, blocking, layoutShift, scriptKilobytes }]) =>
    [
      name.padEnd(10),
      scriptKilobytes.toFixed(0),
      firstPaint.toFixed(0),
      largestPaint.toFixed(0),
      usable.toFixed(0),
      blocking.toFixed(0),
      layoutShift.toFixed(3),
    ]
      .map((cell) => cell.padStart(10))
      .join(' | '),
  );
  const head = ['page'.padEnd(10), 'JS, KB', 'FCP, ms', 'LCP, ms', 'usable, ms', 'TBT, ms', 'CLS']
    .map((cell) => cell.padStart(10))
    .join(' | ');
  return `| ${[head, `${head.replace(/[^|]/g, '-')}`, ...rows].join(' |\n| ')} |\n`;
}
