import { cumulative } from '../client/e2e/layout-shifts.ts';
import { SIZES, Stage } from '../client/e2e/stage.ts';
import { findChromium } from '../test/real-servers/chromium.ts';

const PAGES = [
  { name: 'landing', path: '/', usable: 'main h3' },
  { name: 'home', path: '/home', usable: 'main article button[aria-pressed]' },
  { name: 'movie', path: '/movie/2571', usable: 'main article button[aria-pressed]' },
  { name: 'welcome', path: '/welcome', usable: 'main section button[aria-pressed]' },
  { name: 'together', path: '/together?p=2571.260~Ada&p=1.318~Ben', usable: 'main li h3' },
  { name: 'watchlist', path: '/watchlist', usable: 'main select' },
  { name: 'sign-in', path: '/sign-in', usable: 'main form button' },
] as const;
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
    const measured: Record<string, Load> = {};
    for (const page of PAGES) {
      await load(stage, page);
      const loads: Load[] = [];
      for (let n = 0; n < LOADS; n++) loads.push(await load(stage, page));
      measured[page.name] = median(loads);
    }
    process.stdout.write(asJson ? `${JSON.stringify(measured, null, 2)}\n` : tableOf(measured));
    if (measured.home.usable > HOME_MS) process.exitCode = 1;
  } finally {
    await stage.close();
  }
}

async function load(stage: Stage, { path, usable }: (typeof PAGES)[number]): Promise<Load> {
  const { page, close } = await stage.stranger(SIZES.desktop);
  try {
    await page.addInitScript(watch, usable);
    await page.goto(path, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0, undefined, { timeout: SLOWEST_MS });
    await page.waitForTimeout(SETTLE_MS);
    const { shifts, ...figures } = await page.evaluate(read);
    return { ...figures, layoutShift: cumulative(shifts) };
  } finally {
    await close();
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
    shifts: entriesOf('layout-shift')
      .filter((entry) => Reflect.get(entry, 'hadRecentInput') === false)
      .map((entry) => ({ at: entry.startTime, value: numberOf(entry, 'value') })),
  };
}

function median(loads: readonly Load[]): Load {
  const of = (figure: keyof Load): number => loads.map((one) => one[figure]).sort((a, b) => a - b)[Math.floor(loads.length / 2)];
  return {
    firstPaint: of('firstPaint'),
    largestPaint: of('largestPaint'),
    usable: of('usable'),
    layoutShift: of('layoutShift'),
    scriptKilobytes: of('scriptKilobytes'),
  };
}

function tableOf(measured: Readonly<Record<string, Load>>): string {
  const rows = Object.entries(measured).map(([name, { firstPaint, largestPaint, usable, layoutShift, scriptKilobytes }]) =>
    [name.padEnd(10), scriptKilobytes.toFixed(0), firstPaint.toFixed(0), largestPaint.toFixed(0), usable.toFixed(0), layoutShift.toFixed(3)]
      .map((cell) => cell.padStart(10))
      .join(' | '),
  );
  const head = ['page'.padEnd(10), 'JS, KB gz', 'FCP, ms', 'LCP, ms', 'usable, ms', 'CLS'].map((cell) => cell.padStart(10)).join(' | ');
  return `| ${[head, `${head.replace(/[^|]/g, '-')}`, ...rows].join(' |\n| ')} |\n`;
}
