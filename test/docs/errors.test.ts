import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isEnumType } from 'graphql';
import { expect, it } from 'vitest';
import { EXIT } from '../../src/app/start-error.ts';
import { PROJECT, readPage } from './markdown.ts';

const PAGE = readPage('docs/reference/errors.md');
/** Literals of one word are codes, methods, signals and more; those of several words are codes or names that are known. */
const CODE = /^[A-Z]+(?:_[A-Z]+)+$/;

/** The codes of a table's first column. */
const documented = new Set([...PAGE.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell]) => cell.match(/[A-Z]+(?:_[A-Z]+)*/g) ?? []));

const sources = globSync('src/**/*.ts', { cwd: PROJECT }).filter((file) => !/\.(test|contract)\.ts$/.test(file));
const literalsOf = (file: string): string[] =>
  [...readFileSync(join(PROJECT, file), 'utf8').matchAll(/'([A-Z_]{3,})'/g)].map(([, text]) => text);
const literals = new Set(sources.flatMap(literalsOf));

const schema = buildSchema(readPage('schema.graphql'));
const enumValues = new Set(
  Object.values(schema.getTypeMap())
    .filter(isEnumType)
    .flatMap((type) => type.getValues().map(({ name }) => name)),
);
const settings = new Set([...readPage('docs/reference/settings.md').matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name));

/** Codes of others that the source compares with and never sends. */
const NOT_SENT = new Set([
  'EAI_AGAIN',
  'FST_ERR_CTP_INVALID_JSON_BODY',
  'TOO_MANY_REQUESTS',
  'CSV_QUOTE_NOT_CLOSED',
  'CSV_MAX_RECORD_SIZE',
]);
/** Sent by libraries, without a word of ours. */
const OF_LIBRARIES: Record<string, string> = {
  GRAPHQL_PARSE_FAILED: '@apollo/server',
  PERSISTED_QUERY_NOT_FOUND: '@apollo/server',
  INVALID_EMAIL: 'better-auth',
  USER_ALREADY_EXISTS: 'better-auth',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'better-auth',
  PASSWORD_TOO_SHORT: 'better-auth',
  PASSWORD_TOO_LONG: 'better-auth',
  SESSION_EXPIRED: 'better-auth',
  BANNED_USER: 'better-auth',
  INVALID_TOKEN: 'better-auth',
};

it('names every code that the source sends', () => {
  const sent = [...literals].filter((text) => CODE.test(text) && !enumValues.has(text) && !settings.has(text) && !NOT_SENT.has(text));
  expect(sent.length).toBeGreaterThan(25);
  expect(sent.filter((code) => !documented.has(code))).toEqual([]);
});

it('names no code that nothing sends', () => {
  expect(documented.size).toBeGreaterThan(35);
  expect([...documented].filter((code) => !literals.has(code) && !(code in OF_LIBRARIES))).toEqual([]);
});

it.each(Object.entries(OF_LIBRARIES))('%s is a code of %s', (code, name) => {
  const files = globSync(`node_modules/{${name},@better-auth/core}/dist/**/*.{js,mjs}`, { cwd: PROJECT });
  expect(files.some((file) => readFileSync(join(PROJECT, file), 'utf8').includes(code))).toBe(true);
});

it('says what to do about each code', () => {
  const rows = [...PAGE.matchAll(/^\| `[A-Z].*$/gm)].map(([row]) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((cells) => cells.some((cell) => cell === ''))).toEqual([]);
});

it('has every exit code of the server', () => {
  const section = PAGE.slice(PAGE.indexOf('## Exit codes of the server'), PAGE.indexOf('## Exit codes of the pipeline'));
  const codes = [...section.matchAll(/^\| (\d) \|/gm)].map(([, code]) => Number(code));
  // 5 is the one of the launcher.
  expect(codes).toEqual([...new Set([0, ...Object.values(EXIT), 5])].sort());
});
