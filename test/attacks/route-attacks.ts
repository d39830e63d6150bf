import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Answer, type Asked, type AttackedServer, PASSWORD } from './attacked-server.ts';

/** An attack on a route, or on the library of one account. */
export interface RouteAttack {
  name: string;
  /** Answers with what the last request got. `cookie` is that of an account, `owner` that of the owner of the server. */
  run(server: AttackedServer, cookie: string, owner: string): Promise<Answer>;
  /** Comes before the measurement. */
  prepare?(server: AttackedServer): Promise<void>;
  /** The cookie of an account for one run. Without it, all runs have the same account. */
  account?(server: AttackedServer): Promise<string>;
  code: string | undefined;
}

const ASSETS = fileURLToPath(new URL('../../dist/client/assets', import.meta.url));
const ASSET = existsSync(ASSETS) ? readdirSync(ASSETS).find((name) => name.endsWith('.js')) : undefined;
/** Movies of the generated catalog have every third id. */
const MOVIES_OF_AN_IMPORT = 10_000;
const IMPORTS = 5;
const EVENT_BYTES = 262_144;
const DISTINCT_DOCUMENTS = 1_000;
export const JSON_TYPE = { 'content-type': 'application/json' };

export async function times(count: number, one: (n: number) => Promise<Answer>): Promise<Answer> {
  let last = await one(0);
  for (let n = 1; n < count; n++) last = await one(n);
  return last;
}

/** All at once. */
export async function together(count: number, one: (n: number) => Promise<Answer>): Promise<Answer> {
  return (await Promise.all(Array.from({ length: count }, (_, n) => one(n))))[0];
}

function importOf(part: number): string {
  const lines = Array.from(
    { length: MOVIES_OF_AN_IMPORT },
    (_, n) => `1,${1 + 3 * (part * MOVIES_OF_AN_IMPORT + n)},5.0,${1_600_000_000 + n}`,
  );
  const text = `userId,movieId,rating,timestamp\n${lines.join('\n')}\n`;
  const query = 'mutation ($text: String!) { importHistory(text: $text, source: MOVIELENS) { takenCount } }';
  return JSON.stringify({ query, variables: { text } });
}

/** Gives the account 40,000 movies and more. */
function importMovies(server: AttackedServer, cookie: string): Promise<Answer> {
  return times(IMPORTS, (part) => server.send(importOf(part), cookie));
}

/** The token of a new hook of the account. */
async function hookOf({ url }: AttackedServer, cookie: string): Promise<string> {
  const body = JSON.stringify({ query: 'mutation { createHook { token } }' });
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { ...JSON_TYPE, cookie }, body });
  return (await response.json()).data.createHook.token;
}

async function sentToHook(server: AttackedServer, cookie: string, event: Asked): Promise<Answer> {
  return server.ask(`/hooks/${await hookOf(server, cookie)}`, { method: 'POST', ...event });
}

function signIn(server: AttackedServer, password: string): Promise<Answer> {
  const body = JSON.stringify({ email: 'nobody@films.test', password });
  return server.ask('/api/auth/sign-in/email', { method: 'POST', headers: { ...JSON_TYPE, origin: server.url }, body });
}

function formOf(fields: number): Asked {
  const parts = Array.from({ length: fields }, (_, n) => `--x\r\ncontent-disposition: form-data; name="f${n}"\r\n\r\n1\r\n`);
  return { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: `${parts.join('')}--x--\r\n` };
}

async function lastImport({ url }: AttackedServer, cookie: string): Promise<string> {
  const body = JSON.stringify({ query: '{ viewer { imports { id } } }' });
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { ...JSON_TYPE, cookie }, body });
  return (await response.json()).data.viewer.imports[0].id;
}

export const MANY_DOCUMENTS: RouteAttack = {
  name: `${DISTINCT_DOCUMENTS} distinct documents of 20 KB`,
  code: undefined,
  async run(server) {
    let last = await server.send('{"query":"{ catalog { version } }"}');
    for (let n = 0; n < DISTINCT_DOCUMENTS; n++)
      last = await server.send(JSON.stringify({ query: `{ catalog { version } } # ${n} ${'x'.repeat(20_000)}` }));
    return last;
  },
};

export const ROUTE_ATTACKS: RouteAttack[] = [
  {
    name: `import: ${IMPORTS} files of 10,000 movies, kept`,
    run: importMovies,
    code: undefined,
  },
  { name: '/export.json of 50,000 movies', run: (server, cookie) => server.ask('/export.json', { headers: { cookie } }), code: undefined },
  { name: '/export.csv of 50,000 movies', run: (server, cookie) => server.ask('/export.csv', { headers: { cookie } }), code: undefined },
  {
    name: 'undo an import of 10,000 movies',
    async run(server, cookie) {
      const id = await lastImport(server, cookie);
      const query = 'mutation ($id: ID!) { undoImport(id: $id) { changeCount } }';
      return server.send(JSON.stringify({ query, variables: { id } }), cookie);
    },
    code: undefined,
  },
  {
    name: 'recommendations by 40,000 likes of an account',
    run: (server, cookie) => server.send('{"query":"{ recommendations(first: 100) { nodes { score reasons { label } } } }"}', cookie),
    code: undefined,
  },
  { name: '200 x /export.json without sign-in', run: (server) => times(200, () => server.ask('/export.json')), code: 'UNAUTHENTICATED' },
  {
    name: '20 wrong passwords at once',
    run: (server) => together(20, () => signIn(server, 'a wrong password')),
    code: 'INVALID_EMAIL_OR_PASSWORD',
  },
  { name: 'a password of 90 KB', run: (server) => signIn(server, 'x'.repeat(90_000)), code: 'INVALID_EMAIL_OR_PASSWORD' },
  { name: 'a password of 200 KB', run: (server) => signIn(server, 'x'.repeat(200_000)), code: 'PAYLOAD_TOO_LARGE' },
  {
    name: 'events of a hook: 200',
    async run(server, cookie) {
      const token = await hookOf(server, cookie);
      const event = (n: number) => JSON.stringify({ event: 'watched', title: `Unknown Film ${n}`, year: 1_950 + (n % 70) });
      return times(200, (n) => server.ask(`/hooks/${token}`, { method: 'POST', body: event(n) }));
    },
    code: undefined,
  },
  {
    name: 'an event nested 131,072 deep',
    run: (server, cookie) => sentToHook(server, cookie, { body: '['.repeat(EVENT_BYTES / 2) + ']'.repeat(EVENT_BYTES / 2) }),
    code: 'BAD_REQUEST',
  },
  { name: 'an event as a form of 30,000 fields', run: (server, cookie) => sentToHook(server, cookie, formOf(30_000)), code: 'BAD_REQUEST' },
  {
    name: 'an event of 2 MB for an unknown hook',
    run: (server) => server.ask('/hooks/cmh_none', { method: 'POST', body: 'x'.repeat(2_000_000) }),
    code: 'NOT_FOUND',
  },
  {
    name: '500 x a file above the folder',
    run: (server) => times(500, () => server.ask('/assets/..%2f..%2f%2e%2e/package.json')),
    code: 'NOT_FOUND',
  },
  { name: 'a path of 4,000 steps upwards', run: (server) => server.ask(`/${'../'.repeat(4_000)}etc/passwd`), code: 'NOT_FOUND' },
  {
    name: 'a file in 2,000 ranges',
    run: (server) => server.ask(`/assets/${ASSET ?? 'none.js'}`, { headers: { range: `bytes=${'0-9,'.repeat(2_000)}0-9` } }),
    code: ASSET === undefined ? 'NOT_FOUND' : undefined,
  },
  { name: '500 x a poster of no movie', run: (server) => times(500, (n) => server.ask(`/posters/w342/${n}.jpg`)), code: 'NOT_FOUND' },
];

export const DELETION_ATTACK: RouteAttack = {
  name: 'deletion of an account with 40,000 movies',
  async account(server) {
    const cookie = await server.member();
    await importMovies(server, cookie);
    return cookie;
  },
  async run(server, cookie) {
    const headers = { ...JSON_TYPE, cookie, origin: server.url };
    return server.ask('/api/auth/delete-user', { method: 'POST', headers, body: JSON.stringify({ password: PASSWORD }) });
  },
  code: undefined,
};

/** For a server with SITEMAP=on. */
export const SITEMAP_ATTACK: RouteAttack = {
  name: '20 x a sitemap of 50,000 addresses',
  run: (server) => times(20, () => server.ask('/sitemap-1.xml')),
  code: undefined,
};
