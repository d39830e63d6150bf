import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printedSchema } from './emit-schema.ts';
import { createSchema } from './schema.ts';

const contract = buildSchema(readFileSync(new URL('../../test/contract.graphql', import.meta.url), 'utf8'));

describe('the schema', () => {
  it('is what schema.graphql says; "npm run schema" makes it so', () => {
    expect(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')).toBe(printedSchema());
  });

  it('contains the contract', () => {
    expect(findBreakingChanges(contract, createSchema())).toEqual([]);
  });

  it('has the defaults of the contract', () => {
    const defaults = (schema: typeof contract): string[] =>
      Object.values(schema.getTypeMap())
        .filter(isObjectType)
        .flatMap((type) =>
          Object.values(type.getFields()).flatMap((field) =>
            field.args.map((arg) => `${type.name}.${field.name}(${arg.name}: ${arg.type} = ${JSON.stringify(arg.defaultValue)})`),
          ),
        );
    const built = new Set(defaults(createSchema()));
    const missing = defaults(contract).filter((argument) => !built.has(argument));
    expect(missing).toEqual([]);
  });

  it('describes every type and every argument-bearing field', () => {
    const undescribed = Object.values(createSchema().getTypeMap())
      .filter((type) => !type.name.startsWith('__') && !/Edge$/.test(type.name) && type.name !== 'Query' && type.name !== 'Mutation')
      .filter((type) => !type.description)
      .map((type) => type.name);
    expect(undescribed).toEqual([]);
    const schema = createSchema();
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.values(type?.getFields() ?? {}));
    expect(roots.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  });
});
