import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, isInputObjectType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printedSchema } from './emit-schema.ts';
import { createSchema } from './schema.ts';

/** Of the contract, what is still to be built. What is built leaves this list and is held to the contract from then on. */
const NOT_BUILT_YET = [
  'Mutation',
  'FeedbackSignal',
  'StoredPreferencesInput',
  'StoredPreferences',
  'Viewer',
  'WatchlistStatus',
  'WatchlistSort',
  'WatchlistConnection',
  'WatchlistEdge',
  'WatchlistEntry',
  'Query.viewer',
  'Movie.viewerFeedback',
  'Movie.watchlistEntry',
];

const contract = buildSchema(readFileSync(new URL('../../test/contract.graphql', import.meta.url), 'utf8'));

/** graphql-js says in words what broke: the type or `Type.field` is the one thing of that name in them. */
function subjectOf(description: string): string {
  return description.match(/^(\S+) (?:was removed|changed)/)?.[1] ?? description;
}

describe('the schema', () => {
  it('is what schema.graphql says; "npm run schema" makes it so', () => {
    expect(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')).toBe(printedSchema());
  });

  it('contains the contract, but for what is not built yet', () => {
    const breaking = findBreakingChanges(contract, createSchema());
    const unexpected = breaking.filter(
      ({ type, description }) => !(type.endsWith('REMOVED') && NOT_BUILT_YET.includes(subjectOf(description))),
    );
    expect(unexpected).toEqual([]);
  });

  it('lists as not built only what is not', () => {
    const types = createSchema().getTypeMap();
    const built = NOT_BUILT_YET.filter((name) => {
      const [typeName, field] = name.split('.');
      const type = types[typeName];
      if (field === undefined) return type !== undefined;
      return (isObjectType(type) || isInputObjectType(type)) && field in type.getFields();
    });
    expect(built).toEqual([]);
    for (const name of NOT_BUILT_YET) expect(contract.getType(name.split('.')[0]), name).toBeDefined();
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
    const missing = defaults(contract).filter((argument) => !built.has(argument) && !/^(Mutation|Viewer)\./.test(argument));
    expect(missing).toEqual([]);
  });

  it('describes every type and every argument-bearing field', () => {
    const undescribed = Object.values(createSchema().getTypeMap())
      .filter((type) => !type.name.startsWith('__') && !/Edge$/.test(type.name) && type.name !== 'Query')
      .filter((type) => !type.description)
      .map((type) => type.name);
    expect(undescribed).toEqual([]);
    const queries = Object.values(createSchema().getQueryType()?.getFields() ?? {});
    expect(queries.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  });
});
