import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { measureOperation } from './document-shape.ts';

function shapeOf(text: string) {
  const document = parse(text);
  const operation = document.definitions.find((definition) => definition.kind === 'OperationDefinition');
  if (operation === undefined) throw new Error('expected an operation');
  return measureOperation(document, operation);
}

describe('the shape of an operation', () => {
  it.each<[string, number, number, number, number]>([
    // depth, aliases, directives, fields at the top
    ['{ a }', 1, 0, 0, 1],
    ['{ a b c }', 1, 0, 0, 3],
    ['{ a { b } c { d { e } } }', 3, 0, 0, 2],
    ['{ x: a { y: b z: c } }', 2, 3, 0, 1],
    ['query @q { a @a @b { c @c } }', 2, 0, 4, 1],
    ['{ ... @a { a } }', 1, 0, 1, 1],
    ['{ ... on T { x: a { b } } c }', 2, 1, 0, 2],
    ['{ ...F c } fragment F on T { x: a { b } }', 2, 1, 0, 2],
    // A fragment counts wherever it is spread.
    ['{ ...F ...F } fragment F on T { x: a @a }', 1, 2, 2, 2],
    ['{ ...F @s ...F } fragment F on T @f { a }', 1, 0, 3, 2],
    ['{ ...F } fragment F on T { a { ...G } ...G } fragment G on T { y: b @g }', 2, 2, 2, 2],
    ['{ ...Missing a }', 1, 0, 0, 1],
    // The schema of the schema is one level, with everything below it.
    ['{ __schema { types { x: fields { type { name @a } } } } }', 1, 1, 1, 1],
    ['{ a { __type { b { c } } } }', 2, 0, 0, 1],
    ['{ __typename }', 1, 0, 0, 1],
  ])('%s', (text, depth, aliases, directives, rootFields) => {
    expect(shapeOf(text)).toEqual({ depth, aliases, directives, rootFields });
  });

  it('is measured in linear time when fragments double', () => {
    const chain = Array.from({ length: 100 }, (_, i) => `fragment F${i} on T { ...F${i + 1} ...F${i + 1} }`).join(' ');
    expect(shapeOf(`{ ...F0 } ${chain} fragment F100 on T { a }`)).toMatchObject({ depth: 1, rootFields: 2 ** 100 });
  });
});
