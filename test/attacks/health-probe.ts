import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** The slowest answers of /health while something else was asked. */
export interface WorstHealth {
  /** By the clock. */
  wallMs: number;
  /** Without the time in which the server or the probe was ready to run and another program had the processor. */
  ownMs: number;
}

/** Pause between two probes. */
const PROBE_EVERY_MS = 10;

// A process of its own: the work of the test would delay its probes.
const [address, serverPid] = process.argv.slice(2);
let running = false;
process.on('message', async (order) => {
  running = order === 'start';
  if (!running) return;
  process.send?.(await probe());
});
process.on('disconnect', () => process.exit());
await ask();
process.send?.('ready');

async function probe(): Promise<WorstHealth> {
  const worst: WorstHealth = { wallMs: 0, ownMs: 0 };
  while (running) {
    const [started, delayed] = [performance.now(), delays()];
    await ask();
    const wallMs = performance.now() - started;
    worst.wallMs = Math.max(worst.wallMs, wallMs);
    worst.ownMs = Math.max(worst.ownMs, wallMs - (delays() - delayed));
    await wait(PROBE_EVERY_MS);
  }
  return worst;
}

async function ask(): Promise<void> {
  await (await fetch(`${address}/health`)).text();
}

/** How long the server's main thread and this one have waited for a processor so far, in milliseconds. */
function delays(): number {
  return runDelay(serverPid) + runDelay(String(process.pid));
}

/** Second figure of schedstat, in nanoseconds (the kernel's Documentation/scheduler/sched-stats.rst); 0 where there is none. */
function runDelay(pid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
