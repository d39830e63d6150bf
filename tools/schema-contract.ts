import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, type GraphQLSchema, isObjectType } from 'graphql';

/** What a client that was written for `contract` would miss in `schema`: breaking changes and changed defaults. Additions are fine. */
export function contractBreaks(contract: GraphQLSchema, schema: GraphQLSchema): string[] {
  const defaults = new Set(argumentsWithDefaults(schema));
  return [
    ...findBreakingChanges(contract, schema).map(({ description }) => description),
    ...argumentsWithDefaults(contract)
      .filter((argument) => !defaults.has(argument))
      .map((argument) => `${argument} is missing or has another type or default.`),
  ];
}

function argumentsWithDefaults(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) =>
        field.args.map((arg) => `${type.name}.${field.name}(${arg.name}: ${arg.type} = ${JSON.stringify(arg.defaultValue)})`),
      ),
    );
}

// node tools/schema-contract.ts CONTRACT SCHEMA
if (import.meta.main) {
  const [contract, schema] = process.argv.slice(2).map((path) => buildSchema(readFileSync(path, 'utf8')));
  const breaks = contractBreaks(contract, schema);
  for (const line of breaks) process.stdout.write(`${line}\n`);
  process.exitCode = breaks.length === 0 ? 0 : 1;
}
