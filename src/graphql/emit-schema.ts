import { readFileSync, writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './schema.ts';

const FILE = new URL('../../schema.graphql', import.meta.url);

/** The text that `schema.graphql` must hold. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(createSchema()))}\n`;
}

if (import.meta.main) {
  if (!process.argv.includes('--check')) writeFileSync(FILE, printedSchema());
  else if (readFileSync(FILE, 'utf8') !== printedSchema()) {
    process.stderr.write('schema.graphql is not what the code gives: run "npm run schema" and commit it\n');
    process.exitCode = 1;
  }
}
