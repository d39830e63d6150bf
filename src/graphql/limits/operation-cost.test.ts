import {
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  Kind,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { type FieldCost, operationCost } from './operation-cost.ts';

const field = (type: GraphQLOutputType, extensions: FieldCost = {}, args: readonly string[] = []) => ({
  type,
  extensions: { ...extensions },
  args: Object.fromEntries(args.map((name) => [name, { type: GraphQLInt }])),
});
const named = new GraphQLInterfaceType({ name: 'Named', fields: { name: field(GraphQLString, { cost: 3 }) } });
const item: GraphQLObjectType = new GraphQLObjectType({
  name: 'Item',
  interfaces: [named],
  fields: () => ({
    name: field(GraphQLString, { cost: 3 }),
    plain: field(GraphQLString),
    tags: field(new GraphQLNonNull(new GraphQLList(GraphQLString)), { listLength: 40 }),
    unbounded: field(new GraphQLList(GraphQLString)),
    parts: field(new GraphQLList(item), { listLength: { argument: 'first', of: 'ancestor', plus: 1 } }),
  }),
});
const query = new GraphQLObjectType({
  name: 'Query',
  fields: {
    item: field(item, { cost: 10 }, ['first']),
    named: field(named),
    anything: field(new GraphQLUnionType({ name: 'Anything', types: [item] })),
    items: field(new GraphQLNonNull(new GraphQLList(item)), { listLength: { argument: 'first', max: 5 } }, ['first']),
    priced: field(GraphQLString, { cost: ({ first }) => Number(first) * 2 }, ['first']),
    strict: { type: item, args: { id: { type: new GraphQLNonNull(GraphQLInt) } } },
  },
});
const mutation = new GraphQLObjectType({ name: 'Mutation', fields: { change: field(item, { cost: 7 }), priceless: field(item) } });
const schema = new GraphQLSchema({ query, mutation });

/** The points beyond those of every operation. */
const pointsOf = (text: string, variables: Record<string, unknown> = {}): number => {
  const document = parse(text);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('expected an operation');
  return Number((operationCost(schema, document, operation, variables) - 20).toFixed(6));
};

describe('the price of an operation', () => {
  it.each([
    ['a field that states no cost', '{ item { plain } }', 10.1],
    ['a field of an interface', '{ named { name } }', 3.1],
    ['a mutation', 'mutation { change { name } }', 10],
    ['mutations that state no cost', 'mutation { a: priceless { plain } b: priceless { name } }', 43.1],
    ['the name of a type', '{ __typename item { __typename } }', 10],
    ['an introspection, whatever it asks for', '{ __schema { types { name fields { name } } } __type(name: "Item") { name } }', 20],
    ['a list of texts', '{ item { tags } }', 10 + 0.1 + 40 * 0.003],
    ['a list whose length nobody states', '{ item { unbounded } }', 10 + 0.1 + 500 * 0.003],
    ['a list of objects', '{ items(first: 4) { name } }', 0.1 + 4 * 3],
    ['a list above its cap', '{ items(first: 6) { name } }', 0.1 + 5 * 3],
    ['a negative length', '{ items(first: -9) { name } }', 0.1 + 3],
    ['a list without its argument', '{ items { name } }', 0.1 + 3],
    ['a list whose length stands above it', '{ item(first: 3) { parts { name } } }', 10 + 0.1 + 4 * 3],
    ['a list whose length stands nowhere', '{ item { parts { name } } }', 10 + 0.1 + 501 * 3],
    ['the nearest length', '{ items(first: 2) { parts { parts { name } } } }', 0.1 + 2 * (0.1 + 3 * (0.1 + 3 * 3))],
    ['a cost by arguments', '{ priced(first: 4) }', 8],
    ['a cost below nothing beside another', '{ priced(first: -4) item { name } }', 13],
    ['an argument that is missing', '{ strict { name } item { name } }', 0.1 + 13],
  ])('counts %s', (_, text, points) => expect(pointsOf(text)).toBeCloseTo(points, 6));

  it('counts what fragments select as if it stood in their place', () => {
    for (const text of [
      '{ item { ... on Item { name } } }',
      '{ item { ... { name } } }',
      '{ item { ... @include(if: true) { name } } }',
      '{ ... on Query { item { name } } }',
      '{ item { ...A } } fragment A on Item { name }',
      '{ ...A } fragment A on Query { item { ...B } } fragment B on Item { name }',
    ])
      expect(pointsOf(text), text).toBe(13);
    expect(pointsOf('{ named { ... on Item { name plain } ... on Named { name } } }')).toBe(0.1 + 3.1 + 3);
    expect(pointsOf('{ anything { ... on Item { name } __typename } }')).toBe(3.1);
    // A fragment is counted wherever it is spread.
    expect(pointsOf('{ a: item { ...A } b: item { ...A ...A } } fragment A on Item { name }')).toBe(29);
  });

  it('has the lengths of the scope of each spread', () => {
    const text = '{ a: item(first: 1) { ...A } b: item(first: 4) { ...A } } fragment A on Item { parts { name } }';
    expect(pointsOf(text)).toBeCloseTo(20 + 0.1 + 2 * 3 + 0.1 + 5 * 3, 6);
  });

  it('takes lengths from variables', () => {
    const text = 'query ($first: Int) { items(first: $first) { name } }';
    expect([pointsOf(text, { first: 4 }), pointsOf(text, {})]).toEqual([12.1, 3.1]);
  });

  it('counts nothing of a fragment or a type that is missing', () => {
    for (const text of [
      '{ item { ...Missing } }',
      '{ item { ... on Missing { name } } }',
      '{ item { ...A } } fragment A on Missing { name }',
    ])
      expect(pointsOf(text), text).toBe(10);
  });
});
