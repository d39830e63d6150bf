import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { ALIEN, GODFATHER, jellyfinSaved, jellyfinStop, MATRIX, UNKNOWN } from './media-payloads.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { findPostgres, type RealPostgres, startPostgres } from './real-servers/postgres.ts';

const NAMES = ['Ann', 'Ben', 'Cleo', 'Dan'];
const STATE = `{ viewer { plays { nodes { playedAt movie { title } } } likedMovies { title } dislikedMovies { title }
  ratings { nodes { stars movie { title } } } watchlist(status: WATCHED) { totalCount } hookEvents(first: 100) { outcome } } }`;

interface State {
  plays: { nodes: { playedAt: string; movie: { title: string } }[] };
  likedMovies: { title: string }[];
  dislikedMovies: { title: string }[];
  ratings: { nodes: { stars: number; movie: { title: string } }[] };
  watchlist: { totalCount: number };
  hookEvents: { outcome: string }[];
}

const postgresProgram = findPostgres();

/** Four people share one Jellyfin. Its only webhook sends everything that all of them do, some of it twice and in the wrong order. */
describe.each([
  { name: 'SQLite', onPostgres: false },
  { name: `PostgreSQL (${postgresProgram.hint})`, onPostgres: true },
])('a household of four on $name', ({ name, onPostgres }) => {
  const skip = onPostgres && postgresProgram.path === undefined;
  let folder: TemporaryFolder;
  let postgres: RealPostgres | undefined;
  let server: RunningServer;
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    if (skip) return;
    folder = await temporaryFolder();
    if (onPostgres && postgresProgram.path !== undefined) postgres = await startPostgres(postgresProgram.path);
    const DATABASE_URL = await postgres?.createDatabase('household');
    server = await startServer(folder.path, { RATE_LIMIT: 'off', ...(DATABASE_URL === undefined ? {} : { DATABASE_URL }) });
  }, 180_000);
  afterAll(async () => {
    await server?.end();
    await postgres?.stop();
    await folder?.remove();
  });

  const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url, ...headers },
      body: JSON.stringify(body),
    });
  const query = async <Data>(name: string, text: string, variables: object = {}): Promise<Data> => {
    const response = await post('/graphql', { query: text, variables }, { cookie: cookies.get(name) ?? '' });
    const { data, errors } = await response.json();
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  const stateOf = async (name: string): Promise<State> => (await query<{ viewer: State }>(name, STATE)).viewer;

  it.skipIf(skip)(
    `gives each their own films, each event once, in the order in which it happened, on ${name}`,
    async () => {
      const ids = new Map<string, string>();
      for (const name of NAMES) {
        const answer = await post('/api/auth/sign-up/email', { name, email: `${name}@films.example`, password: 'a long password' });
        cookies.set(
          name,
          answer.headers
            .getSetCookie()
            .map((cookie) => cookie.split(';')[0])
            .join('; '),
        );
        ids.set(name, (await answer.json()).user.id);
      }
      const { createServerHook } = await query<{ createServerHook: { token: string } }>('Ann', 'mutation { createServerHook { token } }');
      const deliver = async (event: object): Promise<string> => {
        const response = await post(`/hooks/${createServerHook.token}`, event);
        expect(response.status).toBe(200);
        return (await response.json()).outcome;
      };
      const opinion = { SaveReason: 'UpdateUserRating' };
      // The first evening: nobody is mapped yet. Dan has no profile of his own.
      const evening = [
        jellyfinStop('ann', MATRIX, '2026-01-01T21:00:00Z'),
        jellyfinSaved('ann', MATRIX, '2026-01-01T21:00:01Z'),
        jellyfinStop('ben', ALIEN, '2026-01-01T22:00:00Z', { PlayedToCompletion: false }),
        jellyfinStop('cleo', GODFATHER, '2026-01-01T23:00:00Z', { PlayedToCompletion: false, PlaybackPositionTicks: 1 }),
        jellyfinStop('guest of dan', MATRIX, '2026-01-01T21:30:00Z'),
      ];
      await Promise.all([...evening, ...evening].map(deliver));
      for (const name of NAMES)
        await query(
          'Ann',
          'mutation ($name: String!, $userId: ID) { mapHookUser(source: JELLYFIN, name: $name, userId: $userId) { name } }',
          {
            name: name.toLowerCase(),
            userId: ids.get(name),
          },
        ).catch((error: Error) => expect([name, error.message]).toEqual(['Dan', expect.stringContaining('no such user')]));
      expect((await stateOf('Ann')).plays.nodes).toEqual([{ playedAt: '2026-01-01T21:00:00.000Z', movie: { title: 'The Matrix' } }]);

      // The second evening, with everything twice, and backwards.
      const second = [
        jellyfinSaved('ann', MATRIX, '2026-01-02T20:00:00Z', { ...opinion, Favorite: true, Rating: 10 }),
        jellyfinSaved('ann', MATRIX, '2026-01-02T20:01:00Z', { ...opinion, Favorite: false, Rating: 3 }),
        jellyfinStop('ann', ALIEN, '2026-01-02T22:00:00Z'),
        jellyfinStop('ann', ALIEN, '2026-01-03T22:00:00Z'),
        jellyfinSaved('ben', ALIEN, '2026-01-02T22:30:00Z', { ...opinion, Favorite: true }),
        jellyfinStop('ben', UNKNOWN, '2026-01-02T23:30:00Z'),
        jellyfinStop('ben', MATRIX, '2026-01-02T18:00:00Z', { ItemType: 'Episode' }),
        jellyfinSaved('cleo', GODFATHER, '2026-01-02T21:00:00Z', { ...opinion, Rating: 9 }),
        jellyfinSaved('cleo', GODFATHER, '2026-01-02T21:05:00Z', { SaveReason: 'TogglePlayed' }),
      ];
      for (const event of [...second].reverse()) await deliver(event);
      await Promise.all(second.map(deliver));

      expect(await stateOf('Ann')).toMatchObject({
        plays: {
          nodes: [
            { playedAt: '2026-01-03T22:00:00.000Z', movie: { title: 'Alien' } },
            { playedAt: '2026-01-02T22:00:00.000Z', movie: { title: 'Alien' } },
            { playedAt: '2026-01-01T21:00:00.000Z', movie: { title: 'The Matrix' } },
          ],
        },
        likedMovies: [],
        dislikedMovies: [{ title: 'The Matrix' }],
        ratings: { nodes: [{ stars: 1.5, movie: { title: 'The Matrix' } }] },
        watchlist: { totalCount: 2 },
      });
      const ben = await stateOf('Ben');
      expect(ben).toMatchObject({
        plays: { nodes: [{ playedAt: '2026-01-01T22:00:00.000Z', movie: { title: 'Alien' } }] },
        likedMovies: [{ title: 'Alien' }],
      });
      expect(ben.hookEvents.map(({ outcome }) => outcome).sort()).toEqual(['NOT_A_MOVIE', 'TAKEN', 'TAKEN', 'WAITING']);
      expect(await stateOf('Cleo')).toMatchObject({
        plays: { nodes: [{ playedAt: '2026-01-02T21:05:00.000Z', movie: { title: 'The Godfather' } }] },
        likedMovies: [{ title: 'The Godfather' }],
        ratings: { nodes: [{ stars: 4.5 }] },
      });
      expect(await stateOf('Dan')).toEqual({
        plays: { nodes: [] },
        likedMovies: [],
        dislikedMovies: [],
        ratings: { nodes: [] },
        watchlist: { totalCount: 0 },
        hookEvents: [],
      });

      // What Cleo says here stays, whatever Jellyfin reports.
      await query('Cleo', 'mutation { rateMovie(movieId: "858", stars: 1) { id } }');
      expect(await deliver(jellyfinSaved('cleo', GODFATHER, '2026-01-04T21:00:00Z', { ...opinion, Favorite: true, Rating: 10 }))).toBe(
        'KEPT',
      );
      expect(await stateOf('Cleo')).toMatchObject({ likedMovies: [], ratings: { nodes: [{ stars: 1 }] } });
      expect(server.output()).not.toContain(createServerHook.token);
    },
    60_000,
  );
});
