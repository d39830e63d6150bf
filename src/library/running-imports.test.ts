import { expect, it } from 'vitest';
import { RunningImports, type ToldProgress } from './running-imports.ts';

it('other threads know how far an import is, and that it is over', async () => {
  const listeners: ((told: ToldProgress) => void)[] = [];
  const threadOf = (number: number): RunningImports =>
    new RunningImports({
      tell(told) {
        for (const [other, listener] of listeners.entries()) if (other !== number) listener(told);
      },
      onTold: (listener) => void listeners.push(listener),
    });
  const [here, there] = [threadOf(0), threadOf(1)];
  await here.during('ann', async (report) => {
    expect(there.of('ann')).toEqual({ phase: 'READING', done: 0, total: null });
    report({ phase: 'MATCHING', done: 5, total: 9 });
    expect(there.of('ann')).toEqual(here.of('ann'));
    expect(there.of('bob')).toBeNull();
  });
  expect([here.of('ann'), there.of('ann')]).toEqual([null, null]);
});
