import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { DEFAULT_LIMITS, send, type TestApp, testApp } from '../../../test/running-app.ts';

const OPERATION = 'query ($first: Int!, $prefs: PreferencesInput) { recommendations(first: $first, prefs: $prefs) { totalCount } }';

describe('variables that do not fit', () => {
  let open: TestApp;
  let closed: TestApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    const graphql = { introspection: false, defaultRegion: 'US', maxTokens: 2_000, limits: DEFAULT_LIMITS };
    open = await testApp(() => snapshot);
    closed = await testApp(() => snapshot, { graphql });
  });
  afterAll(() => Promise.all([open.shutDown(0), closed.shutDown(0)]));

  it('are refused with the place of the variable in the operation', async () => {
    const { status, errors } = await send(open, OPERATION, { first: 'ten' });
    expect([status, errors?.length]).toEqual([400, 1]);
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' }, locations: [{ line: 1, column: 8 }] });
    expect(errors?.[0].message).toContain('"$first"');
  });

  it('are told of one at a time, the first', async () => {
    const { errors } = await send(open, OPERATION, { first: 'ten', prefs: 5 });
    expect(errors?.map(({ message }) => message.includes('"$first"'))).toEqual([true]);
    const second = await send(open, OPERATION, { first: 1, prefs: 5 });
    expect(second.errors?.map(({ message }) => message.includes('"$prefs"'))).toEqual([true]);
  });

  it('are refused when they are missing altogether, and not when nothing is asked for', async () => {
    expect((await send(open, OPERATION)).errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
    expect((await send(open, '{ catalog { version } }')).errors).toBeUndefined();
  });

  it('name what the schema has, and only what the caller sent when the schema is hidden', async () => {
    const variables = { first: 1, prefs: { likedMovieId: ['1'] } };
    const shown = (await send(open, OPERATION, variables)).errors?.[0].message;
    expect(shown).toContain('"likedMovieId"');
    expect(shown).toContain('Did you mean "likedMovieIds"');
    const hidden = (await send(closed, OPERATION, variables)).errors?.[0].message;
    expect(hidden).toContain('"likedMovieId"');
    expect(hidden).toContain('"PreferencesInput"');
    expect(hidden).not.toContain('likedMovieIds');
    // The text of the operation counts as sent, and so do the variables.
    const unknown = (await send(closed, OPERATION, { first: 'ten' })).errors?.[0].message;
    expect(unknown).toContain('"$first"');
  });
});
