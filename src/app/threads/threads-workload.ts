import type { SharedWorkload } from '../../metrics/workload/workload.ts';
import { openChannel } from './channel.ts';

/** The counts of the threads of this process, for a server without Redis. */
export function threadsWorkload(): SharedWorkload & { close(): void } {
  const channel = openChannel<{ server: string; counts: string }>('workload');
  const known = new Map<string, string>();
  channel.onTold(({ server, counts }) => known.set(server, counts));
  return {
    async publish(server, counts) {
      channel.tell({ server, counts });
    },
    async all() {
      return Object.fromEntries(known);
    },
    close: channel.close,
  };
}
