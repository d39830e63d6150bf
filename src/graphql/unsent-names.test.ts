import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isUnionType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { DEFAULT_LIMITS, send, type TestApp, testApp } from '../../test/running-app.ts';
import { createSchema } from './schema.ts';

/** Names that a caller of a hidden schema could learn: types, fields, arguments and values, without short words of plain English. */
function schemaNames(): Set<string> {
  const names = new Set<string>();
  for (const type of Object.values(createSchema().getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isEnumType(type)) for (const { name } of type.getValues()) names.add(name);
    if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) names.add(name);
    if (isObjectType(type))
      for (const { name, args } of Object.values(type.getFields()))
        for (const each of [name, ...args.map((arg) => arg.name)]) names.add(each);
    if (isEnumType(type) || isInputObjectType(type) || isObjectType(type) || isUnionType(type) || isInterfaceType(type))
      names.add(type.name);
  }
  return names;
}

describe('without introspection, messages name nothing of the schema that was not sent', () => {
  let app: TestApp;
  let open: TestApp;
  const names = schemaNames();
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    const start = (introspection: boolean) =>
      testApp(() => snapshot, { graphql: { introspection, defaultRegion: 'US', maxTokens: 2_000, limits: DEFAULT_LIMITS } });
    [app, open] = await Promise.all([start(false), start(true)]);
  });
  afterAll(() => Promise.all([app.shutDown(0), open.shutDown(0)]));

  const PREFS = 'query Q($p: PreferencesInput) { recommendations(prefs: $p) { nodes { score } } }';
  const CASES: [query: string, variables: object, isVariable?: boolean][] = [
    [PREFS, { p: { likedMovieId: ['1'] } }, true],
    [PREFS, { p: { genreMatch: 'ALLES' } }, true],
    [PREFS, { p: { genreMatch: 7 } }, true],
    [PREFS, { p: 'x' }, true],
    [PREFS, { p: { dislikedMovieIds: [{}] } }, true],
    ['query Q($f: Int!) { recommendations(first: $f) { nodes { score } } }', {}, true],
    ['query Q($f: Int!) { recommendations(first: $f) { nodes { score } } }', { f: 'many' }, true],
    ['mutation M($e: [RemovedEntryInput!]!) { restoreToWatchlist(entries: $e) { addedAt } }', { e: [{}] }, true],
    ['{ recommendation { nodes { scor } } }', {}],
    ['{ recommendations(fist: 3) { nodes { score } } }', {}],
    ['{ recommendations(prefs: { likedMovieId: [1] }) { nodes { score } } }', {}],
    ['{ recommendations(prefs: { genreMatch: ALLES }) { nodes { score } } }', {}],
    ['{ recommendations { nodes { movie } } }', {}],
    ['{ recommendations { nodes { score { x } } } }', {}],
    ['{ movie { title } }', {}],
    ['mutation { addToWatchlist { addedAt } }', {}],
    ['{ ... on Movi { title } }', {}],
    ['query Q($x: Preference) { recommendations(prefs: $x) { nodes { score } } }', {}],
    ['query Q($x: String) { recommendations(first: $x) { nodes { score } } }', {}],
    ['{ recommendations @skp(if: true) { nodes { score } } }', {}],
  ];
  it.each(CASES)('%s %j', async (query, variables) => {
    const { errors } = await send(app, query, variables as Record<string, unknown>);
    const sent = new Set(`${query} ${JSON.stringify(variables)}`.match(/\w+/g));
    expect(errors?.length).toBeGreaterThan(0);
    for (const { message } of errors ?? []) {
      expect(message).not.toMatch(/did you mean/i);
      const quoted = [...message.matchAll(/["']([^"']+)["']/g)].flatMap(([, text]) => text.match(/\w+/g) ?? []);
      // Names of two words are no plain English, so they are looked for outside quotes too.
      quoted.push(...(message.match(/\w*[a-z_][A-Z]\w*/g) ?? []));
      expect([message, quoted.filter((name) => names.has(name) && !sent.has(name))]).toEqual([message, []]);
    }
  });

  it('while an open schema helps', async () => {
    const messages = await Promise.all(
      CASES.map(async ([query, variables]) => (await send(open, query, variables as Record<string, unknown>)).errors?.[0].message),
    );
    expect(messages.filter((message) => message?.includes('Did you mean')).length).toBeGreaterThan(5);
    expect(messages[0]).toContain('PreferencesInput');
  });

  it('and what a caller sent is still told', async () => {
    const { errors } = await send(app, PREFS, { p: { likedMovieId: ['1'] } });
    expect(errors?.[0]).toMatchObject({
      message: 'Variable "$p" got invalid value { likedMovieId: ["1"] }; Field "likedMovieId" is not defined by type "PreferencesInput".',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
