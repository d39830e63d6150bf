import { parse } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { send, testApp } from '../../../test/running-app.ts';
import { documentStore } from './document-store.ts';
import { hasMoreValues, MAX_JSON_VALUES } from './json-values.ts';
import { callerGoneError, MAX_ANSWER_LENGTH, MAX_ANSWER_VALUES, RequestBudget } from './request-budget.ts';

describe('the budget of a request', () => {
  it('ends with the value beyond the last one', () => {
    const budget = new RequestBudget(10_000, { maxValues: 3, maxLength: 1_000 });
    budget.add('a', 1);
    // A list and its entry are two values.
    budget.add('b', [1]);
    expect(budget.stopped).toBeUndefined();
    expect(() => budget.add('c', 1)).toThrow('The answer has more than 3 values. Ask for less at once.');
    expect(budget.stopped?.extensions).toMatchObject({ code: 'ANSWER_TOO_LARGE', max: 3, unit: 'values' });
    expect(() => budget.check()).toThrow(budget.stopped?.message);
  });

  it('ends with the character beyond the last one, in names, texts and lists', () => {
    const budget = new RequestBudget(10_000, { maxValues: 100, maxLength: 20 });
    budget.add('title', 'Alien');
    expect(() => budget.add('ab', '12345678')).not.toThrow();
    expect(() => budget.add('', 'x')).toThrow('more than 20 characters');
  });

  it('ends with its time, and with the first reason to stop', () => {
    const late = new RequestBudget(-1);
    expect(() => late.check()).toThrow(/took longer than -1 ms/);
    const gone = new RequestBudget(10_000);
    gone.check();
    gone.stop(callerGoneError());
    expect(() => gone.check()).toThrow('The caller closed the connection.');
  });

  it('lets others run after a slice, and then all that waited, in order', async () => {
    const budget = new RequestBudget(10_000);
    expect(budget.isSliceOver()).toBe(false);
    for (const started = performance.now(); performance.now() - started < 30; );
    expect(budget.isSliceOver()).toBe(true);
    const order: string[] = [];
    setImmediate(() => order.push('another request'));
    await Promise.all(['first', 'second'].map((name) => budget.turn().then(() => order.push(name))));
    expect(order).toEqual(['another request', 'first', 'second']);
    expect(budget.isSliceOver()).toBe(false);
  });

  it('lets others run between two callers that compute for long', async () => {
    const budget = new RequestBudget(10_000);
    const order: string[] = [];
    const compute = async (name: string): Promise<void> => {
      await budget.turn();
      order.push(name);
      for (const started = performance.now(); performance.now() - started < 30; );
    };
    const other = (): void => {
      order.push('other');
      if (order.length < 5) setImmediate(other);
    };
    setImmediate(other);
    await Promise.all(['a', 'b', 'c'].map(compute));
    expect(order.filter((name) => name !== 'other')).toEqual(['a', 'b', 'c']);
    expect(order.slice(0, 3)).toEqual(['a', 'other', 'b']);
    const late = async (name: string): Promise<void> => {
      await Promise.resolve();
      order.push(name);
      for (const started = performance.now(); performance.now() - started < 30; );
    };
    order.length = 0;
    setImmediate(other);
    await Promise.all(['d', 'e'].map((name) => budget.inTurn(() => late(name))));
    expect(order.filter((name) => name !== 'other')).toEqual(['d', 'e']);
    expect(order.indexOf('other')).toBeLessThan(order.indexOf('e'));
    await expect(budget.inTurn(() => Promise.reject(new Error('this one alone')))).rejects.toThrow('this one alone');
    await budget.turn();
    budget.stop(callerGoneError());
    await expect(budget.turn()).rejects.toThrow('The caller closed the connection.');
  });
});

describe('the clock of a budget', () => {
  afterEach(() => vi.useRealTimers());

  it('lets a request use all of its time, and not a moment more', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const budget = new RequestBudget(1_000);
    vi.advanceTimersByTime(1_000);
    budget.check();
    vi.advanceTimersByTime(1);
    expect(() => budget.check()).toThrow('The request took longer than 1000 ms. Ask for less at once.');
    expect(budget.stopped?.extensions).toEqual({ code: 'TIMEOUT', http: { status: 503 } });
  });

  it('can be set to less time, and not to more', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const budget = new RequestBudget(1_000);
    budget.shorten(2_000);
    budget.shorten(500);
    budget.shorten(700);
    vi.advanceTimersByTime(500);
    budget.check();
    vi.advanceTimersByTime(1);
    expect(() => budget.check()).toThrow('longer than 500 ms');
  });

  it('lets others run after 25 ms', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const budget = new RequestBudget(1_000);
    vi.advanceTimersByTime(25);
    expect(budget.isSliceOver()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(budget.isSliceOver()).toBe(true);
  });
});

describe('the size of an answer', () => {
  it('is 100,000 values and 4 MB by default', () => {
    expect([MAX_ANSWER_VALUES, MAX_ANSWER_LENGTH]).toEqual([100_000, 4 * 1_024 * 1_024]);
    const values = new RequestBudget(60_000);
    values.add('', Array(MAX_ANSWER_VALUES - 1).fill(''));
    expect(() => values.add('', '')).toThrow('more than 100000 values');
    const characters = new RequestBudget(60_000);
    characters.add('', 'x'.repeat(MAX_ANSWER_LENGTH));
    expect(() => characters.add('x', '')).toThrow('more than 4194304 characters');
  });

  it('counts 8 characters for what is no text, and those of every name and entry', () => {
    const fits = (name: string, value: unknown, maxLength: number): boolean => {
      const budget = new RequestBudget(60_000, { maxValues: 100, maxLength });
      try {
        budget.add(name, value);
        return true;
      } catch {
        return false;
      }
    };
    for (const [name, value, length] of [
      ['n', 1, 9],
      ['n', null, 9],
      ['n', 'abc', 4],
      ['', '', 0],
      ['list', [1, 'ab', [true]], 4 + 8 + 8 + 2 + 8 + 8],
    ] as const)
      expect([fits(name, value, length - 1), fits(name, value, length)], JSON.stringify([name, value])).toEqual([false, true]);
  });
});

describe('an answer', () => {
  it('that grows too large is replaced by one error with a code', async () => {
    const snapshot = await fixtureSnapshot();
    const app = await testApp(() => snapshot, {
      graphql: {
        introspection: true,
        defaultRegion: 'US',
        maxTokens: 2_000,
        limits: { maxDepth: 12, maxComplexity: 1_000_000, maxAliases: 1_000, maxRootFields: 20, maxDirectives: 50 },
      },
    });
    const ids = Array(500).fill('1');
    const titles = (n: number) =>
      `query ($ids: [ID!]!) { movies(ids: $ids) { ${Array.from({ length: n }, (_, i) => `a${i}: title`).join(' ')} } }`;
    // One value for the list, and 199 for each movie.
    expect((await send(app, titles(199), { ids })).errors).toBeUndefined();
    const { status, data, errors } = await send(app, titles(200), { ids });
    expect([status, data, errors?.length]).toEqual([400, undefined, 1]);
    expect(errors?.[0].extensions).toMatchObject({ code: 'ANSWER_TOO_LARGE', max: 100_000 });
    const overviews = `query ($ids: [ID!]!) { movies(ids: $ids) { ${Array.from({ length: 190 }, (_, i) => `a${i}: overview`).join(' ')} } }`;
    expect((await send(app, overviews, { ids })).errors?.[0].extensions).toMatchObject({ code: 'ANSWER_TOO_LARGE', unit: 'characters' });
    await app.shutDown(0);
  });

  it('has at most 20 errors, and repeats at most 100 characters of the caller in each', async () => {
    const snapshot = await fixtureSnapshot();
    const app = await testApp(() => snapshot);
    const failing = (n: number) => `{ movies(ids: [${'"1",'.repeat(n)}]) { similar(first: 0) { score } } }`;
    expect((await send(app, failing(20))).errors).toHaveLength(20);
    expect((await send(app, failing(21))).errors).toHaveLength(20);
    const unknown = await send(app, `{ catalog { ${'x'.repeat(150)} } }`);
    expect(unknown.errors?.[0].message).toBe(`Cannot query field "${'x'.repeat(100)}…" on type "CatalogInfo".`);
    const long = await send(app, `{ ${Array.from({ length: 60 }, (_, i) => `f${i}`).join(' ')} }`);
    expect(long.errors?.length).toBeLessThanOrEqual(20);
    await app.shutDown(0);
  });
});

describe('parsed documents', () => {
  it('are not kept when they come once', async () => {
    const store = documentStore();
    for (let n = 0; n < 100; n++) await store.set(`hash ${n}`, parse(`{ catalog { version } } # ${n}`));
    expect(store.bytes).toBe(0);
    await store.set('hash 99', parse('{ catalog { version } } # 99'));
    expect(await store.get('hash 99')).toBeDefined();
  });

  it('are dropped, the oldest first, when they weigh too much: comments count', async () => {
    const document = (n: number) => parse(`{ catalog { version } } # ${n} ${'x'.repeat(10_000)}`);
    const store = documentStore(100_000);
    for (let n = 0; n < 10; n++) for (let twice = 0; twice < 2; twice++) await store.set(String(n), document(n));
    expect(store.bytes).toBeGreaterThan(20_000);
    expect(store.bytes).toBeLessThanOrEqual(100_000);
    expect(await store.get('0')).toBeUndefined();
    expect(await store.get('9')).toBeDefined();
    expect(await store.delete('9')).toBe(true);
  });
});

describe('JSON values', () => {
  it('are at most 20,000', async () => {
    expect(MAX_JSON_VALUES).toBe(20_000);
    const snapshot = await fixtureSnapshot();
    const app = await testApp(() => snapshot);
    const sending = async (length: number) => (await send(app, '{ catalog { version } }', { x: Array(length).fill(1) })).status;
    // Of the text {"query":"…","variables":{"x":[1,1]}}: each brace, bracket and comma is one, and the whole is one.
    const others = 5;
    expect([await sending(MAX_JSON_VALUES - others + 1), await sending(MAX_JSON_VALUES - others + 2)]).toEqual([200, 413]);
    await app.shutDown(0);
  });

  it.each([
    ['[]', 2],
    ['{}', 2],
    ['[1,2,3]', 4],
    ['{"a":1,"b":[{},{}]}', 7],
    ['"a,b[{"', 1],
    ['["",1]', 3],
    ['["a\\",[[["]', 2],
    ['["a\\\\",1]', 3],
    ['"not closed ,,,,', 1],
  ])('of %s are at most %i', (json, count) => {
    expect([hasMoreValues(json, count - 1), hasMoreValues(json, count)]).toEqual([true, false]);
  });
});
