import { useSyncExternalStore } from 'react';
import { BASE_PATH } from './base-path.ts';

/** `offline`: the device has no network. `away`: the server does not answer. */
export type Connection = 'up' | 'offline' | 'away';

const RETRY_MS = [500, 1_000, 2_000, 4_000];

let state: Connection = 'up';
let waiting: Promise<void> | undefined;
let wake: (() => void) | undefined;
const listeners = new Set<() => void>();

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => state);
}

export function isUp(): boolean {
  return state === 'up';
}

/** Tries again now instead of after the pause. */
export function retryNow(): void {
  wake?.();
}

/** Resolves when the server answers again. Concurrent callers share one loop of requests. */
export function serverBack(): Promise<void> {
  waiting ??= pollUntilReady().finally(() => {
    waiting = undefined;
  });
  return waiting;
}

async function pollUntilReady(): Promise<void> {
  for (let turn = 0; ; turn++) {
    setState(navigator.onLine ? 'away' : 'offline');
    await pause(RETRY_MS[Math.min(turn, RETRY_MS.length - 1)]);
    if (await isReady()) break;
  }
  setState('up');
}

async function isReady(): Promise<boolean> {
  try {
    const response = await fetch(`${BASE_PATH}/ready`, { cache: 'no-store' });
    // What waits was refused because it needs the database.
    return response.ok && (await response.json()).database !== 'away';
  } catch {
    return false;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      wake = undefined;
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    wake = done;
  });
}

function setState(next: Connection): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
