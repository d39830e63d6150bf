import { BroadcastChannel } from 'node:worker_threads';

/** What the threads of this process tell each other. A thread does not hear itself. */
export interface Channel<Told> {
  tell(told: Told): void;
  /** Calls `listener` with what the others tell. There is one listener. */
  onTold(listener: (told: Told) => void): void;
  close(): void;
}

export function openChannel<Told>(name: string): Channel<Told> {
  const channel = new BroadcastChannel(`cinematch-${name}`);
  channel.unref();
  return {
    tell: (told) => channel.postMessage(told),
    onTold(listener) {
      channel.onmessage = (event: unknown) => listener((event as { data: Told }).data);
    },
    close: () => channel.close(),
  };
}
