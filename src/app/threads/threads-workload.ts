import { BroadcastChannel } from 'node:worker_threads';
import type { SharedWorkload } from '../../metrics/workload/workload.ts';

interface Sent {
  server: string;
  counts: string;
}

/** The counts of the threads of this process, for a server without Redis. */
export function threadsWorkload(): SharedWorkload & { close(): void } {
  const channel = new BroadcastChannel('cinematch-workload');
  const known = new Map<string, string>();
  channel.onmessage = (event: unknown) => {
    const { server, counts } = (event as { data: Sent }).data;
    known.set(server, counts);
  };
  channel.unref();
  return {
    async publish(server, counts) {
      channel.postMessage({ server, counts } satisfies Sent);
    },
    async all() {
      return Object.fromEntries(known);
    },
    close() {
      channel.close();
    },
  };
}
