import { expect, it } from 'vitest';
import { RunningImports, type ThreadProgress } from './running-imports.ts';

/** Two threads, and what the main thread says to both. */
function twoThreads() {
  const listeners: ((progress: ThreadProgress) => void)[] = [];
  const threadOf = (threadId: number): RunningImports =>
    new RunningImports({
      tell(told) {
        for (const [other, listener] of listeners.entries()) if (other !== threadId) listener({ threadId, told });
      },
      onTold: (listener) => void listeners.push(listener),
    });
  const end = (threadId: number): void => {
    for (const listener of listeners) listener({ threadId, told: null });
  };
  return { here: threadOf(0), there: threadOf(1), end };
}

it('other threads know how far an import is, and that it is over', async () => {
  const { here, there } = twoThreads();
  await here.during('ann', async (report) => {
    expect(there.of('ann')).toEqual({ phase: 'READING', done: 0, total: null });
    report({ phase: 'MATCHING', done: 5, total: 9 });
    expect(there.of('ann')).toEqual(here.of('ann'));
    expect(there.of('bob')).toBeNull();
  });
  expect([here.of('ann'), there.of('ann')]).toEqual([null, null]);
});

it('the imports of a thread that ended within them are over, those of others go on', async () => {
  const { here, there, end } = twoThreads();
  void here.during('ann', () => new Promise(() => undefined));
  await there.during('bob', async (report) => {
    report({ phase: 'WRITING', done: 1, total: 2 });
    expect(there.of('ann')).toEqual({ phase: 'READING', done: 0, total: null });
    end(0);
    expect(there.of('ann')).toBeNull();
    for (const thread of [there, here]) expect(thread.of('bob')).toEqual({ phase: 'WRITING', done: 1, total: 2 });
  });
});
