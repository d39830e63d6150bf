import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { contractBreaks } from './schema-contract.ts';

const contract = buildSchema('type Query { movies(first: Int! = 20): [Movie!]! } type Movie { id: ID! title: String! }');

test('additions keep the contract', () => {
  const grown = 'type Query { movies(first: Int! = 20, after: String): [Movie!]! } type Movie { id: ID! title: String! year: Int }';
  expect(contractBreaks(contract, buildSchema(grown))).toEqual([]);
});

test.each([
  ['a removed field', 'type Query { movies(first: Int! = 20): [Movie!]! } type Movie { id: ID! }', 'Movie.title was removed.'],
  [
    'a field that became nullable',
    'type Query { movies(first: Int! = 20): [Movie!]! } type Movie { id: ID! title: String }',
    'Movie.title changed type',
  ],
  [
    'a changed default',
    'type Query { movies(first: Int! = 10): [Movie!]! } type Movie { id: ID! title: String! }',
    'Query.movies(first: Int! = 20)',
  ],
])('%s breaks it', (_name, schema, message) => {
  const [first] = contractBreaks(contract, buildSchema(schema));
  expect(first).toContain(message);
});
