import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, emailOf, type Visitor } from '../../test/accounts-app.ts';
import {
  ALIEN,
  embyEvent,
  GODFATHER,
  jellyfinSaved,
  jellyfinStop,
  kodiEvent,
  MATRIX,
  multipartOf,
  plexEvent,
  UNKNOWN,
} from '../../test/media-payloads.ts';
import { NO_METRICS } from '../../test/recording-metrics.ts';
import { MAX_EVENT_BYTES, MAX_HOOK_BYTES } from '../http/hooks-route.ts';
import { RateLimits } from '../rate-limit/rate-limits.ts';

const CREATE = 'mutation ($mediaUser: String) { createHook(mediaUser: $mediaUser) { token hook { start mediaUser } } }';
const EVENTS = `{ viewer { hook { start } hookEvents { id source name mediaUser title watched liked stars deliveries outcome detail movie { title } } } }`;
const STATE =
  '{ viewer { watchlist(status: WATCHED) { totalCount } plays { nodes { movie { title } playedAt } } likedMovies { title } ratings { nodes { stars } } } }';
const USERS = '{ admin { hook { start } hookUsers { source name userId email waiting } } }';
const SERVER_EVENTS = '{ admin { hookEvents { source name mediaUser outcome deliveries detail } } }';
const MAP =
  'mutation ($source: MediaSource!, $name: String!, $userId: ID) { mapHookUser(source: $source, name: $name, userId: $userId) { email waiting } }';
const AT = '2026-01-31T20:15:00.0000000Z';

interface Sent {
  headers?: Record<string, string>;
  payload: object | string | Buffer;
}

describe('hooks of media servers', () => {
  let place: AccountsApp;
  let owner: Visitor;
  let names = 0;
  beforeAll(async () => {
    place = await accountsApp();
    owner = place.visitor();
    await owner.signUp('Owner');
  });
  afterAll(() => place.stop());

  const send = async (token: string, { headers = {}, payload }: Sent) => {
    const response = await place.app.fastify.inject({ method: 'POST', url: `/hooks/${token}`, headers, payload });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };
  const outcome = async (token: string, payload: object) => (await send(token, { payload })).body.outcome;
  const member = async () => {
    const visitor = place.visitor();
    const name = `Member${++names}`;
    const id = await visitor.signUp(name);
    return { visitor, id, name };
  };
  const hookOf = async (visitor: Visitor, mediaUser?: string): Promise<string> =>
    (await visitor.graphql(CREATE, { mediaUser })).body.data.createHook.token;
  const eventsOf = async (visitor: Visitor) => (await visitor.graphql(EVENTS)).body.data.viewer.hookEvents;

  it('need no session, and say what became of each event', async () => {
    const { visitor } = await member();
    const token = await hookOf(visitor);
    expect(await send(token, { payload: jellyfinStop('Ann', MATRIX, AT) })).toMatchObject({ status: 200, body: { outcome: 'TAKEN' } });
    expect(await outcome(token, jellyfinSaved('Ann', MATRIX, '2026-01-31T20:15:01Z'))).toBe('SAME');
    expect(await outcome(token, embyEvent('Ann', ALIEN, AT, { Event: 'item.markplayed' }))).toBe('TAKEN');
    expect(await outcome(token, kodiEvent('Ann', ALIEN, { event: 'rated', rating: 9 }))).toBe('TAKEN');
    expect(await outcome(token, jellyfinStop('Ann', UNKNOWN, AT))).toBe('WAITING');
    expect(await outcome(token, jellyfinStop('Ann', GODFATHER, AT, { ItemType: 'Episode' }))).toBe('NOT_A_MOVIE');
    expect((await visitor.graphql(STATE)).body.data.viewer).toEqual({
      watchlist: { totalCount: 2 },
      plays: {
        nodes: expect.arrayContaining(['Alien', 'The Matrix'].map((title) => ({ movie: { title }, playedAt: '2026-01-31T20:15:00.000Z' }))),
      },
      likedMovies: [{ title: 'Alien' }],
      ratings: { nodes: [{ stars: 4.5 }] },
    });
    const events = await eventsOf(visitor);
    expect(events.map(({ outcome: one }: { outcome: string }) => one)).toEqual([
      'NOT_A_MOVIE',
      'WAITING',
      'TAKEN',
      'TAKEN',
      'SAME',
      'TAKEN',
    ]);
    expect(events[1]).toMatchObject({ source: 'JELLYFIN', title: 'A Film Not Yet Listed', movie: null, watched: true, mediaUser: 'Ann' });
    expect(events[2]).toMatchObject({ source: 'KODI', stars: 4.5, movie: { title: 'Alien' }, watched: null });
  });

  it('take forms of Plex and Emby with a poster, and JSON under any content type', async () => {
    const { visitor } = await member();
    const token = await hookOf(visitor);
    expect((await send(token, multipartOf('payload', plexEvent('Ann', MATRIX)))).body).toEqual({ outcome: 'TAKEN' });
    expect((await send(token, multipartOf('data', embyEvent('Ann', ALIEN, AT)))).body).toEqual({ outcome: 'TAKEN' });
    const form = new URLSearchParams({ data: JSON.stringify(kodiEvent('Ann', GODFATHER, { at: AT })) }).toString();
    expect((await send(token, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: form })).body).toEqual({
      outcome: 'TAKEN',
    });
    const text = JSON.stringify(jellyfinStop('Ann', GODFATHER, '2026-02-01T20:15:00Z'));
    expect((await send(token, { headers: { 'content-type': 'text/plain; charset=utf-8' }, payload: text })).body).toEqual({
      outcome: 'TAKEN',
    });
    expect((await visitor.graphql(STATE)).body.data.viewer.plays.nodes).toHaveLength(4);
  });

  it('refuse what they cannot read, name the field, and show it on the page', async () => {
    const { visitor } = await member();
    const token = await hookOf(visitor);
    const refused = async (sent: Sent) => {
      const { status, body } = await send(token, sent);
      return [status, body.errors[0].extensions.code, body.errors[0].message];
    };
    expect(await refused({ payload: { event: 'seen' } })).toEqual([
      400,
      'BAD_REQUEST',
      'event: is "seen"; expected watched, rated, favorite',
    ]);
    expect(await refused({ payload: '{"event":' })).toEqual([400, 'BAD_REQUEST', 'The event is not valid JSON.']);
    expect(await refused({ payload: '' })).toEqual([400, 'BAD_REQUEST', 'The event is not valid JSON.']);
    expect(await refused({ headers: { 'content-type': 'multipart/form-data' }, payload: 'x' })).toEqual([
      400,
      'BAD_REQUEST',
      'The event is not valid JSON.',
    ]);
    const form = multipartOf('payload', {});
    expect(
      await refused({ ...form, payload: Buffer.from(form.payload.toString('latin1').replace('"payload"', '"other"'), 'latin1') }),
    ).toEqual([400, 'BAD_REQUEST', 'The form has no field "payload" or "data".']);
    const large = (length: number) => ({
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ title: 'x'.repeat(length) }),
    });
    expect((await refused(large(MAX_EVENT_BYTES))).slice(0, 2)).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect((await refused(large(MAX_HOOK_BYTES))).slice(0, 2)).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(await eventsOf(visitor)).toMatchObject(
      [
        'Request body is too large',
        `Request body is too large: an event has at most ${MAX_EVENT_BYTES} bytes.`,
        'The form has no field "payload" or "data".',
        'The event is not valid JSON.',
        'event: is "seen"; expected watched, rated, favorite',
      ].map((detail) => ({ outcome: 'UNREADABLE', detail })),
    );
  });

  it('keep their token out of the log, of answers and of the database', async () => {
    const { visitor } = await member();
    const token = await hookOf(visitor);
    await outcome(token, jellyfinStop('Ann', MATRIX, AT));
    const secret = token.slice(8);
    for (const [method, url] of [
      ['GET', `/hooks/${token}`],
      ['POST', `/hooks/${token}/more`],
      ['POST', `/HOOKS/${token}`],
      ['POST', `/hooks%2f${token}`],
      ['POST', `/hooks/${token}x`],
      ['PUT', `/other/${token}`],
    ] as const) {
      const { body, statusCode } = await place.app.fastify.inject({ method, url, payload: {} });
      expect(statusCode).toBeGreaterThanOrEqual(404);
      expect(body).not.toContain(secret);
    }
    expect(JSON.stringify(place.app.logged)).not.toContain(secret);
    expect(place.app.logged.some(({ path }) => path === '/hooks/***')).toBe(true);
    const { kysely } = place.database;
    for (const { name } of await kysely.introspection.getTables())
      expect(JSON.stringify(await kysely.selectFrom(name).selectAll().execute())).not.toContain(secret);
  });

  it('end when they are revoked or made again, and are unknown with any other token', async () => {
    const { visitor } = await member();
    const first = await hookOf(visitor);
    const second = await hookOf(visitor);
    expect((await send(first, { payload: jellyfinStop('Ann', MATRIX, AT) })).status).toBe(404);
    expect(await outcome(second, jellyfinStop('Ann', MATRIX, AT))).toBe('TAKEN');
    expect((await visitor.graphql('mutation { revokeHook }')).body.data).toEqual({ revokeHook: true });
    expect((await visitor.graphql('mutation { revokeHook }')).body.data).toEqual({ revokeHook: false });
    for (const token of [second, 'x', '', `cmh_${'a'.repeat(43)}`, "cmh_' or 1=1 --", '%00'])
      expect((await send(token, { payload: jellyfinStop('Ann', MATRIX, AT) })).status).toBe(404);
    expect((await send('x'.repeat(200), { payload: {} })).status).toBe(414);
    // What it brought stays.
    expect((await visitor.graphql(STATE)).body.data.viewer.plays.nodes).toHaveLength(1);
  });

  it('are made by accounts that are signed in: not by guests, strangers and API keys', async () => {
    const guest = place.visitor();
    await guest.beGuest();
    const { visitor } = await member();
    const { key } = await visitor.apiKey();
    const code = async (who: Visitor, query: string, headers = {}) =>
      (await who.graphql(query, {}, headers)).body.errors?.[0]?.extensions.code;
    for (const query of ['mutation { createHook { token } }', 'mutation { revokeHook }', 'mutation { setHookUser { start } }']) {
      expect(await code(place.visitor(), query)).toBe('UNAUTHENTICATED');
      expect(await code(guest, query)).toBe('FORBIDDEN');
      expect(await code(place.visitor(), query, { 'x-api-key': key })).toBe('FORBIDDEN');
    }
    for (const query of [
      'mutation { createServerHook { token } }',
      'mutation { revokeServerHook }',
      'mutation { mapHookUser(source: PLEX, name: "x") { name } }',
    ])
      expect(await code(visitor, query)).toBe('FORBIDDEN');
    expect(await code(visitor, 'mutation { setHookUser(mediaUser: "x") { start } }')).toBe('BAD_USER_INPUT');
    expect(await code(visitor, `mutation { createHook(mediaUser: "${'x'.repeat(101)}") { token } }`)).toBe('BAD_USER_INPUT');
  });

  it('of a profile leave out other users of the media server, with the names of their films', async () => {
    const { visitor } = await member();
    const token = await hookOf(visitor, 'Ann');
    expect(await outcome(token, jellyfinStop('Ben', MATRIX, AT))).toBe('OTHER_USER');
    expect(await outcome(token, jellyfinStop(' ANN', ALIEN, AT))).toBe('TAKEN');
    expect(await eventsOf(visitor)).toMatchObject([{ title: 'Alien' }, { title: '', mediaUser: 'Ben', outcome: 'OTHER_USER' }]);
    await visitor.graphql('mutation { setHookUser(mediaUser: "ben") { mediaUser } }');
    expect(await outcome(token, jellyfinStop('Ben', MATRIX, AT))).toBe('TAKEN');
  });

  it('of the server give events to the profiles that the owner names, also those that waited', async () => {
    const { id, visitor, name } = await member();
    const { body } = await owner.graphql('mutation { createServerHook { token hook { start } } }');
    const { token } = body.data.createServerHook;
    expect(await outcome(token, jellyfinStop('Kim', MATRIX, AT))).toBe('WAITING');
    expect(await outcome(token, jellyfinStop('Kim', MATRIX, AT))).toBe('WAITING');
    expect(await outcome(token, jellyfinStop('Kim', MATRIX, AT, { PlayedToCompletion: false, PlaybackPositionTicks: 0 }))).toBe(
      'NOT_FINISHED',
    );
    expect((await send(token, { payload: jellyfinStop('', MATRIX, AT) })).body.errors[0].message).toBe(
      'user: is missing; the hook of the server needs the name of the user at the media server',
    );
    expect((await send(token, { payload: { event: 'seen' } })).status).toBe(400);
    expect((await send(token, { payload: '{' })).status).toBe(400);
    const unread = { source: null, name: '', mediaUser: '', outcome: 'UNREADABLE', deliveries: 1 };
    const stop = { source: 'JELLYFIN', name: 'PlaybackStop', detail: '' };
    expect((await owner.graphql(SERVER_EVENTS)).body.data.admin.hookEvents).toEqual([
      { ...unread, detail: 'The event is not valid JSON.' },
      { ...unread, detail: 'event: is "seen"; expected watched, rated, favorite' },
      {
        ...unread,
        ...stop,
        detail: 'user: is missing; the hook of the server needs the name of the user at the media server',
      },
      { ...stop, mediaUser: 'Kim', outcome: 'NOT_FINISHED', deliveries: 1 },
      { ...stop, mediaUser: 'Kim', outcome: 'WAITING', deliveries: 2 },
    ]);
    for (const [args, problem] of [
      ['first: 101', 'first: is 101; it must be from 1 to 100'],
      ['first: 1, offset: -1', 'offset: is -1; it must be from 0 to 10000'],
    ])
      expect((await owner.graphql(`{ admin { hookEvents(${args}) { id } } }`)).body.errors[0].message).toBe(problem);
    const kim = { source: 'JELLYFIN', name: 'Kim' };
    expect((await owner.graphql(USERS)).body.data.admin).toMatchObject({ hookUsers: [{ ...kim, userId: null, email: null, waiting: 1 }] });
    expect((await owner.graphql(MAP, { ...kim, userId: id })).body.data).toEqual({ mapHookUser: { email: emailOf(name), waiting: 0 } });
    expect((await visitor.graphql(STATE)).body.data.viewer.watchlist).toEqual({ totalCount: 1 });
    // What became of them is now on the page of the profile.
    expect((await eventsOf(visitor)).map(({ outcome: one }: { outcome: string }) => one)).toEqual(['NOT_FINISHED', 'TAKEN']);
    expect((await owner.graphql(SERVER_EVENTS)).body.data.admin.hookEvents).toHaveLength(3);
    expect(await outcome(token, jellyfinStop('Kim', ALIEN, AT))).toBe('TAKEN');
    for (const [variables, message] of [
      [{ ...kim, userId: 'nobody' }, 'userId: is "nobody"; there is no account with this id'],
      [{ ...kim, source: 'PLEX', userId: id }, 'name: is "Kim"; no such user has sent an event to the hook of the server'],
    ] as const)
      expect((await owner.graphql(MAP, variables)).body.errors[0].message).toBe(message);
    await owner.graphql('mutation ($id: ID!) { disableAccount(userId: $id) { id } }', { id });
    expect((await send(token, { payload: jellyfinStop('Kim', GODFATHER, AT) })).status).toBe(400);
    expect((await owner.graphql(SERVER_EVENTS)).body.data.admin.hookEvents[0]).toMatchObject({ mediaUser: 'Kim', outcome: 'DISABLED' });
    expect((await owner.graphql(MAP, { ...kim, userId: null })).body.data).toEqual({ mapHookUser: { email: null, waiting: 0 } });
    expect(await outcome(token, jellyfinStop('Kim', GODFATHER, AT))).toBe('WAITING');
    const audit = (await owner.graphql('{ admin { auditLog { nodes { action subject } } } }')).body.data.admin.auditLog.nodes;
    expect(audit.map(({ action }: { action: string }) => action)).toEqual([
      'hook.map-user',
      'account.disable',
      'hook.map-user',
      'hook.create',
    ]);
    expect((await owner.graphql('mutation { revokeServerHook }')).body.data).toEqual({ revokeServerHook: true });
    expect((await send(token, { payload: jellyfinStop('Kim', GODFATHER, AT) })).status).toBe(404);
  });

  it('of a disabled account take nothing; an export has them, and a deleted account leaves nothing', async () => {
    const { id, visitor } = await member();
    const token = await hookOf(visitor, 'Ann');
    await outcome(token, jellyfinStop('Ann', MATRIX, AT));
    const exported = (await visitor.get('/export.json')).body;
    expect(exported).toMatchObject({
      hook: { start: token.slice(0, 8), mediaUser: 'Ann' },
      hookEvents: [{ outcome: 'TAKEN', clues: { title: 'The Matrix' } }],
    });
    expect(JSON.stringify(exported)).not.toContain(token.slice(8));
    await owner.graphql('mutation ($id: ID!) { disableAccount(userId: $id) { id } }', { id });
    expect((await send(token, { payload: jellyfinStop('Ann', ALIEN, AT) })).status).toBe(400);
    expect((await place.library.hooks.events(id, 10, 0))[0]).toMatchObject({ mediaUser: 'Ann', outcome: 'DISABLED', clues: { title: '' } });
    await owner.graphql('mutation ($id: ID!) { deleteAccount(userId: $id) }', { id });
    expect((await send(token, { payload: jellyfinStop('Ann', ALIEN, AT) })).status).toBe(404);
    expect(await place.library.hooks.events(id, 10, 0)).toEqual([]);
  });
});

describe('a hook with limits', () => {
  it('takes as many events a minute as an API key', async () => {
    const rateLimits = new RateLimits(
      { perAddress: 1_000, perUser: 1_000, signIn: 1_000, perKey: 3 },
      { metrics: NO_METRICS, now: () => 0 },
    );
    const place = await accountsApp({}, undefined, { rateLimits });
    const ann = place.visitor();
    await ann.signUp('Ann');
    const { token } = (await ann.graphql(CREATE)).body.data.createHook;
    const url = `/hooks/${token}`;
    const statuses: number[] = [];
    for (let n = 0; n < 4; n++)
      statuses.push((await place.app.fastify.inject({ method: 'POST', url, payload: jellyfinStop('Ann', MATRIX, AT) })).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429]);
    await place.stop();
  });
});
