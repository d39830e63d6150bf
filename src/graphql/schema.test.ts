import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { contractBreaks } from '../../tools/schema-contract.ts';
import { printedSchema } from './emit-schema.ts';
import { createSchema } from './schema.ts';

const contract = buildSchema(readFileSync(new URL('../../test/contract.graphql', import.meta.url), 'utf8'));

describe('the schema', () => {
  it('is what schema.graphql says; "npm run schema" makes it so', () => {
    expect(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')).toBe(printedSchema());
  });

  it('contains the contract, with its defaults', () => {
    expect(contractBreaks(contract, createSchema())).toEqual([]);
  });

  it('adds nothing that the contract does not have: additions are kept from then on', () => {
    expect(contractBreaks(createSchema(), contract)).toEqual([]);
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
