import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Answer, AttackedServer } from './attacked-server.ts';
import { JSON_TYPE, type RouteAttack, times, together } from './route-attacks.ts';

const AUDIT_ENTRIES = 100_000;
const MAX_OWNED_MOVIES = 50_000;
const MEGABYTE = 1_048_576;
const POSTERS_AT_ONCE = 300;

/** Fills the audit log in the file of the database: each entry by itself would be a request. */
async function fillAuditLog({ dataDirectory }: AttackedServer): Promise<void> {
  const database = new DatabaseSync(join(dataDirectory, 'cinematch.sqlite'), { timeout: 10_000 });
  database.exec(
    `with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${AUDIT_ENTRIES})
     insert into cinematch_audit (id, at, actor_id, actor, action, subject, detail, address)
     select 'attack-' || n, ${Date.now()} - n, null, 'Mallory', 'account.disable', 'somebody@films.test', 'a reason', '192.0.2.1' from numbers`,
  );
  database.close();
}

function put(server: AttackedServer, cookie: string, body: string, type = 'application/json'): Promise<Answer> {
  return server.ask('/api/library', { method: 'PUT', headers: { 'content-type': type, cookie, origin: server.url }, body });
}

const idsOf = (count: number): string => JSON.stringify(Array.from({ length: count }, (_, n) => n + 1));

async function sharedListOf({ url }: AttackedServer, cookie: string): Promise<string> {
  const body = JSON.stringify({ query: 'mutation { shareWatchlist(name: "Mine") { id } }' });
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { ...JSON_TYPE, cookie }, body });
  return (await response.json()).data.shareWatchlist.id;
}

/** For an account with 40,000 movies, and the owner of the server. */
export const OWNER_ATTACKS: RouteAttack[] = [
  {
    name: '20 rankings of a shared watchlist of 40,000 movies',
    async run(server, cookie) {
      const id = await sharedListOf(server, cookie);
      const rankings = Array.from(
        { length: 20 },
        (_, n) => `a${n}: recommendations(first: ${n + 1}, sharedWatchlistId: $id) { totalCount }`,
      );
      return server.send(JSON.stringify({ query: `query ($id: ID!) { ${rankings.join(' ')} }`, variables: { id } }));
    },
    code: undefined,
  },
  {
    name: '30 lists of 40,000 likes',
    run: (server, cookie) => {
      const lists = Array.from({ length: 30 }, (_, n) => `a${n}: likedMovies(first: 1) { id }`);
      return server.send(JSON.stringify({ query: `{ viewer { ${lists.join(' ')} } }` }), cookie);
    },
    code: undefined,
  },
  {
    name: '/audit.csv of 100,000 entries',
    prepare: fillAuditLog,
    run: (server, _cookie, owner) => server.ask('/audit.csv', { headers: { cookie: owner } }),
    code: undefined,
  },
  {
    name: 'PUT /api/library: 50,000 movies',
    run: (server, _cookie, owner) => put(server, owner, idsOf(MAX_OWNED_MOVIES)),
    code: undefined,
  },
  {
    name: 'PUT /api/library: 50,001 movies',
    run: (server, _cookie, owner) => put(server, owner, idsOf(MAX_OWNED_MOVIES + 1)),
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    name: 'PUT /api/library: a list nested 1,000,000 deep',
    run: (server, _cookie, owner) => put(server, owner, '['.repeat(MEGABYTE) + ']'.repeat(MEGABYTE)),
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    name: 'PUT /api/library: 2 MB of quotes as CSV',
    run: (server, _cookie, owner) => put(server, owner, `imdb_id\n${'"'.repeat(2 * MEGABYTE - 9)}`, 'text/csv'),
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'PUT /api/library: 3 MB',
    run: (server, _cookie, owner) => put(server, owner, idsOf(MAX_OWNED_MOVIES).padEnd(3 * MEGABYTE)),
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    name: 'PUT /api/library: 2 MB by a member',
    run: (server, cookie) => put(server, cookie, idsOf(MAX_OWNED_MOVIES).padEnd(2 * MEGABYTE)),
    code: 'FORBIDDEN',
  },
];

/** The poster of a movie of the attacked catalog. */
export const posterPathOf = (row: number): string => `/attacked${row}.jpg`;

/** For a server with POSTERS=proxy whose image server is away. */
export const PROXY_SETTINGS = { POSTERS: 'proxy', POSTERS_ORIGIN: 'http://127.0.0.1:9' };
export const POSTER_ATTACKS: RouteAttack[] = [
  {
    name: `POSTERS=proxy: ${POSTERS_AT_ONCE} posters at once, the image server is away`,
    run: (server) => together(POSTERS_AT_ONCE, (n) => server.ask(`/posters/w342${posterPathOf(n)}`)),
    code: 'UNAVAILABLE',
  },
  {
    name: 'POSTERS=proxy: 500 x a poster of no movie',
    run: (server) => times(500, (n) => server.ask(`/posters/w342/none${n}.jpg`)),
    code: 'NOT_FOUND',
  },
];
