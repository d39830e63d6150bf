import { describe, expect, it } from 'vitest';
import { HEAVY_QUEUE, HeavyQueue, type Place } from './heavy-queue.ts';

/** Enters, and notes the name when the turn comes. */
function entering(queue: HeavyQueue, order: string[]) {
  return (caller: string, name = caller): Place => {
    const place = queue.enter(caller);
    if (place === undefined) throw new Error(`no place for ${name}`);
    void place.ready.then(() => order.push(name));
    return place;
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the queue of heavy requests', () => {
  it('runs as many at once as it is told', async () => {
    const order: string[] = [];
    const queue = new HeavyQueue({ running: 2, waiting: 10, waitingOfCaller: 10 });
    const enter = entering(queue, order);
    const first = enter('a', 'a1');
    enter('b', 'b1');
    enter('c', 'c1');
    await settled();
    expect([order, queue.length]).toEqual([['a1', 'b1'], 1]);
    first.leave();
    await settled();
    expect([order, queue.length]).toEqual([['a1', 'b1', 'c1'], 0]);
  });

  it('serves callers in turn, however many requests one of them sends', async () => {
    const order: string[] = [];
    const queue = new HeavyQueue({ running: 1, waiting: 10, waitingOfCaller: 10 });
    const enter = entering(queue, order);
    const places = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].map((name) => enter(name[0], name));
    for (const name of ['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']) {
      await settled();
      expect(order.at(-1)).toBe(name);
      places[['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1'].indexOf(name)].leave();
    }
    expect(order).toHaveLength(7);
  });

  it('gives a caller that fills the queues of several threads no more than half of the turns of the one that another caller waits in', async () => {
    const order: string[] = [];
    const queues = [1, 2, 3].map(() => new HeavyQueue(HEAVY_QUEUE));
    const places = new Map<string, Place[]>([
      ['crowd', []],
      ['patient', []],
    ]);
    // Both ask again as soon as they are answered.
    const ask = (caller: string): void => {
      const place = queues[0].enter(caller);
      if (place === undefined) return;
      void place.ready.then(() => {
        order.push(caller);
        places.get(caller)?.push(place);
      });
    };
    for (const queue of queues.slice(1)) for (let n = 0; n < 50; n++) queue.enter('crowd');
    for (let n = 0; n < 50; n++) ask('crowd');
    await settled();
    for (let n = 0; n < 5; n++) ask('patient');
    order.length = 0;
    for (let turn = 0; turn < 40; turn++) {
      // Whoever has run the longest ends.
      const done = turn % 2 === 0 || places.get('patient')?.length === 0 ? 'crowd' : 'patient';
      places.get(done)?.shift()?.leave();
      ask(done);
      await settled();
    }
    expect(order.length).toBeGreaterThan(30);
    expect(order.filter((caller) => caller === 'crowd').length).toBeLessThanOrEqual(order.length / 2);
  });

  it('gives the next turn to a caller that runs nothing', async () => {
    const order: string[] = [];
    const enter = entering(new HeavyQueue({ running: 2, waiting: 10, waitingOfCaller: 10 }), order);
    enter('a', 'a1');
    const second = enter('a', 'a2');
    enter('a', 'a3');
    enter('b', 'b1');
    second.leave();
    await settled();
    expect(order).toEqual(['a1', 'a2', 'b1']);
  });

  it('of the server runs two, and lets a hundred wait, twenty of one caller', () => {
    expect(HEAVY_QUEUE).toEqual({ running: 2, waiting: 100, waitingOfCaller: 20 });
    const queue = new HeavyQueue(HEAVY_QUEUE);
    const entered = (caller: string, times: number): number =>
      Array.from({ length: times }, () => queue.enter(caller)).filter((place) => place !== undefined).length;
    expect(entered('a', 30)).toBe(22);
    expect(['b', 'c', 'd', 'e', 'f'].map((caller) => entered(caller, 30))).toEqual([20, 20, 20, 20, 0]);
    expect(queue.length).toBe(100);
  });

  it('gives a caller that comes back no better place than a new one', async () => {
    const order: string[] = [];
    const enter = entering(new HeavyQueue({ running: 1, waiting: 10, waitingOfCaller: 10 }), order);
    enter('a').leave();
    const running = enter('b');
    enter('c');
    enter('a', 'a again');
    running.leave();
    await settled();
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('remembers what a caller still runs when another of its requests ends', async () => {
    const order: string[] = [];
    const enter = entering(new HeavyQueue({ running: 2, waiting: 10, waitingOfCaller: 10 }), order);
    enter('a', 'a1');
    enter('a', 'a2').leave();
    const other = enter('b', 'b1');
    enter('a', 'a3');
    enter('c', 'c1');
    other.leave();
    await settled();
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1']);
  });

  it('passes over callers that wait for nothing', async () => {
    const order: string[] = [];
    const enter = entering(new HeavyQueue({ running: 3, waiting: 10, waitingOfCaller: 10 }), order);
    enter('b', 'b1');
    const first = enter('a', 'a1');
    enter('a', 'a2');
    enter('a', 'a3');
    first.leave();
    await settled();
    expect(order).toEqual(['b1', 'a1', 'a2', 'a3']);
  });

  it('keeps the others in their order when one that waits leaves', async () => {
    const order: string[] = [];
    const enter = entering(new HeavyQueue({ running: 1, waiting: 10, waitingOfCaller: 10 }), order);
    const running = enter('a', 'a1');
    const places = ['a2', 'a3', 'a4'].map((name) => enter('a', name));
    places[1].leave();
    running.leave();
    places[0].leave();
    await settled();
    expect(order).toEqual(['a1', 'a3', 'a2', 'a4']);
  });

  it('refuses beyond its bound, and beyond that of a caller', () => {
    const enter = (queue: HeavyQueue, callers: string) => Array.from(callers, (caller) => queue.enter(caller) !== undefined);
    expect(enter(new HeavyQueue({ running: 1, waiting: 3, waitingOfCaller: 3 }), 'abcde')).toEqual([true, true, true, true, false]);
    expect(enter(new HeavyQueue({ running: 1, waiting: 9, waitingOfCaller: 2 }), 'aaaab')).toEqual([true, true, true, false, true]);
  });

  it('forgets those that leave while they wait, and takes a second leaving for nothing', async () => {
    const order: string[] = [];
    const queue = new HeavyQueue({ running: 1, waiting: 1, waitingOfCaller: 1 });
    const enter = entering(queue, order);
    const first = enter('a');
    const gone = enter('b');
    expect(queue.enter('c')).toBeUndefined();
    gone.leave();
    gone.leave();
    // Whoever waits for `ready` goes on, to find that the request is over.
    await gone.ready;
    expect(queue.length).toBe(0);
    enter('c');
    first.leave();
    first.leave();
    enter('d');
    await settled();
    expect([order, queue.length]).toEqual([['a', 'b', 'c'], 1]);
  });
});
