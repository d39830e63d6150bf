import {
  execute,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { readsProperty, spendBudget } from './budgeted-schema.ts';

/** Resolvers that were called. */
let called: string[] = [];

function resolving(type: GraphQLOutputType, name: string, value: unknown) {
  const resolve = (): unknown => {
    called.push(name);
    return value;
  };
  return { type, resolve };
}

const item: GraphQLObjectType = new GraphQLObjectType({
  name: 'Item',
  fields: {
    title: { type: GraphQLString },
    later: resolving(GraphQLString, 'later', Promise.resolve('ready')),
    year: resolving(new GraphQLNonNull(GraphQLInt), 'year', 1979),
    note: resolving(GraphQLString, 'note', 'a note'),
  },
});
const query = new GraphQLObjectType({
  name: 'Query',
  fields: { item: resolving(item, 'item', { title: 'Alien' }), owner: resolving(new GraphQLNonNull(item), 'owner', { title: 'Brazil' }) },
});
const schema = spendBudget(new GraphQLSchema({ query }));

/** Runs an operation with a budget that is stopped, or whose slice is over, and lists what it was asked for. */
async function run(text: string, { stopped, isSliceOver = false }: { stopped?: Error; isSliceOver?: boolean } = {}) {
  called = [];
  const added: [string, unknown][] = [];
  const budget = {
    stopped,
    add: (name: string, value: unknown) => void added.push([name, value]),
    isSliceOver: () => isSliceOver,
    turn: async () => void called.push('turn'),
  };
  const { data, errors } = await execute({ schema, document: parse(text), contextValue: { budget } });
  return {
    data: data === undefined ? undefined : JSON.parse(JSON.stringify(data)),
    errors: errors?.map(({ message }) => message),
    added,
    called,
  };
}

describe('a field of the schema', () => {
  it('adds its value to the answer, and an object adds its name alone', async () => {
    const { data, errors, added, called } = await run('{ item { title year note } }');
    expect([data, errors]).toEqual([{ item: { title: 'Alien', year: 1979, note: 'a note' } }, undefined]);
    expect(added).toEqual([
      ['item', null],
      ['title', 'Alien'],
      ['year', 1979],
      ['note', 'a note'],
    ]);
    expect(called).toEqual(['item', 'year', 'note']);
  });

  it('adds what it waits for when it is there', async () => {
    const { data, added } = await run('{ item { later } }');
    expect(data).toEqual({ item: { later: 'ready' } });
    expect(added).toEqual([
      ['item', null],
      ['later', 'ready'],
    ]);
  });

  it('is resolved after others had their turn when the slice is over, if it is an object', async () => {
    expect(await run('{ item { year } }', { isSliceOver: true })).toMatchObject({
      data: { item: { year: 1979 } },
      called: ['turn', 'item', 'year'],
    });
  });

  it('of a stopped request is null, or its error where null cannot be', async () => {
    const stopped = new Error('stopped');
    expect(await run('{ item { year } }', { stopped })).toEqual({ data: { item: null }, errors: undefined, added: [], called: [] });
    expect(await run('{ owner { year } }', { stopped })).toEqual({ data: null, errors: ['stopped'], added: [], called: [] });
  });

  it('below an object that was there before the stop is not resolved either', async () => {
    const budgetOf = (): { stopped: Error | undefined; add(name: string): void; isSliceOver(): boolean } => {
      const budget = {
        stopped: undefined as Error | undefined,
        add: (name: string) => {
          if (name === 'item') budget.stopped = new Error('stopped');
        },
        isSliceOver: () => false,
      };
      return budget;
    };
    for (const [selected, data, messages] of [
      ['note title later', { item: { note: null, title: null, later: null } }, undefined],
      ['year', { item: null }, ['stopped']],
    ] as const) {
      called = [];
      const result = await execute({ schema, document: parse(`{ item { ${selected} } }`), contextValue: { budget: budgetOf() } });
      expect([JSON.parse(JSON.stringify(result.data)), result.errors?.map(({ message }) => message)]).toEqual([data, messages]);
      expect(called).toEqual(['item']);
    }
  });

  it('is known to read a property when it has no resolver of its own', () => {
    const fields = item.getFields();
    expect([readsProperty(fields.title), readsProperty(fields.note)]).toEqual([true, false]);
  });

  it('of the schema of the schema spends nothing', async () => {
    expect(await run('{ __type(name: "Item") { name } }', { stopped: new Error('stopped') })).toMatchObject({
      data: { __type: { name: 'Item' } },
      added: [],
    });
  });
});
