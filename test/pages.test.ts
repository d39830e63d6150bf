import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANDING, ROUTES } from '../client/src/app/routes.ts';
import { RateLimits } from '../src/rate-limit/rate-limits.ts';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { NO_METRICS } from './recording-metrics.ts';
import { type TestApp, testApp } from './running-app.ts';

const DOCUMENT = '<!doctype html><title>CineMatch</title>';
/** As the build does, with one document for all. */
async function writeRoutes(directory: string, document: string): Promise<void> {
  const routes = [LANDING, ...ROUTES].map(({ path }) => ({ path, document }));
  await writeFile(join(directory, 'routes.json'), JSON.stringify(routes));
}

const asBrowser = { accept: 'text/html,*/*;q=0.8' };

describe('the pages of the web app', () => {
  let folder: TemporaryFolder;
  let app: TestApp;

  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder.path, 'assets'));
    await writeFile(join(folder.path, 'index.html'), DOCUMENT);
    await writeRoutes(folder.path, 'index.html');
    await writeFile(join(folder.path, 'assets', 'main-abc.js'), 'export {};');
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot, { clientDirectory: folder.path });
  });

  afterAll(async () => {
    await app?.shutDown(0);
    await folder?.remove();
  });

  it.each(['/graphql', '/api', '/assets', '/movie'])(
    'are not served below %s, where the server has addresses of its own',
    async (basePath) => {
      const snapshot = await fixtureSnapshot();
      const made = testApp(() => snapshot, { basePath, clientDirectory: folder.path });
      await expect(made).rejects.toThrow(`BASE_PATH=${basePath}: CineMatch has an address of its own there`);
    },
  );

  const open = (url: string, headers: Record<string, string> = asBrowser) => app.fastify.inject({ url, headers });

  it.each(['/', '/welcome', '/home?genre=sci-fi', '/movie/2571', '/watchlist', '/profile', '/together', '/sign-in', '/sign-up'])(
    'are a document that is never cached, at %s',
    async (url) => {
      const { statusCode, headers, body } = await open(url);
      expect([statusCode, headers['content-type'], headers['cache-control'], body]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-cache',
        url.startsWith('/movie/') ? expect.stringContaining('<title>The Matrix (1999) · CineMatch</title>') : DOCUMENT,
      ]);
    },
  );

  it('say of a movie what it is without JavaScript, and answer 404 for one that the catalog does not have', async () => {
    const built = await temporaryFolder();
    await mkdir(join(built.path, 'assets'));
    const html = '<head><meta name="description" content="All"><title>CineMatch</title></head><noscript>Nothing</noscript>';
    await writeFile(join(built.path, 'index.html'), DOCUMENT);
    await writeFile(join(built.path, 'movie.html'), html);
    await writeFile(join(built.path, 'routes.json'), JSON.stringify([{ path: '/movie/:id', document: 'movie.html' }]));
    const snapshot = await fixtureSnapshot();
    const served = await testApp(() => snapshot, { clientDirectory: built.path, publicUrl: 'https://films.example' });
    const { statusCode, body } = await served.fastify.inject({ url: '/movie/2571', headers: asBrowser });
    expect(statusCode).toBe(200);
    expect(body).toContain('<title>The Matrix (1999) · CineMatch</title>');
    expect(body).toContain('<link rel="canonical" href="https://films.example/movie/2571">');
    expect(body).toContain('<meta property="og:title" content="The Matrix (1999)">');
    expect(body).toMatch(/<meta name="description" content="[^"]{20,}">/);
    expect(body).toMatch(/<noscript><h1>The Matrix \(1999\)<\/h1><p>1999 · .*Sci-Fi/);
    expect(body).not.toContain('content="All"');
    const unknown = await served.fastify.inject({ url: '/movie/999999', headers: asBrowser });
    expect([unknown.statusCode, unknown.body]).toEqual([404, DOCUMENT]);
    await served.shutDown(0);
    await built.remove();
  });

  it('are those of the route table, each with its own document', async () => {
    const built = await temporaryFolder();
    await mkdir(join(built.path, 'assets'));
    await writeFile(join(built.path, 'index.html'), DOCUMENT);
    await writeFile(join(built.path, 'landing.html'), 'landing');
    await writeFile(join(built.path, 'added.html'), 'added');
    const routes = [
      { path: '/', document: 'landing.html' },
      { path: '/added/:id', document: 'added.html' },
    ];
    await writeFile(join(built.path, 'routes.json'), JSON.stringify(routes));
    const snapshot = await fixtureSnapshot();
    const served = await testApp(() => snapshot, { clientDirectory: built.path });
    const answers = await Promise.all(
      ['/', '/added/7', '/home'].map(async (url) => {
        const { statusCode, body } = await served.fastify.inject({ url, headers: asBrowser });
        return [statusCode, body];
      }),
    );
    expect(answers).toEqual([
      [200, 'landing'],
      [200, 'added'],
      [404, DOCUMENT],
    ]);
    await served.shutDown(0);
    await built.remove();
  });

  it.each([
    [undefined, 200, undefined],
    ['other=1', 200, undefined],
    ['my-session=1', 200, undefined],
    ['session=1', 302, '/home'],
    ['other=1; session=1', 302, '/home'],
  ])('greet at "/" only who is not there yet: cookie %s', async (cookie, status, location) => {
    const { statusCode, headers } = await open('/', { ...asBrowser, ...(cookie === undefined ? {} : { cookie }) });
    expect([statusCode, headers.location]).toEqual([status, location]);
  });

  it('answer unknown addresses with 404 and the app, which says so', async () => {
    const { statusCode, body } = await open('/no/such/page');
    expect([statusCode, body]).toEqual([404, DOCUMENT]);
  });

  it.each(['/api/nothing', '/assets/nothing.js'])('are not the answer to a program at %s', async (url) => {
    const { statusCode, headers } = await open(url);
    expect(statusCode).toBe(404);
    expect(headers['content-type']).not.toContain('text/html');
  });

  it('answer with JSON when no page is asked for', async () => {
    const { statusCode, body } = await open('/no/such/page', { accept: 'application/json' });
    expect(statusCode).toBe(404);
    expect(JSON.parse(body).errors[0].extensions.code).toBe('NOT_FOUND');
    expect(JSON.parse((await open('/', { accept: 'application/json' })).body).graphql).toBe('/graphql');
    expect((await open('/', { accept: '*/*' })).headers['content-type']).toContain('text/html');
  });

  it('allow scripts of this server only, and pictures of TMDb', async () => {
    const policy = String((await open('/home')).headers['content-security-policy']).split(';');
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("img-src 'self' data: https://image.tmdb.org");
  });

  it('load files that browsers may cache for a year', async () => {
    const { statusCode, headers } = await open('/assets/main-abc.js');
    expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });
});

it('pages cost nothing of the limit of an address, and neither does the playground', async () => {
  const built = await temporaryFolder();
  await mkdir(join(built.path, 'assets'));
  await writeFile(join(built.path, 'index.html'), DOCUMENT);
  await writeRoutes(built.path, 'index.html');
  const snapshot = await fixtureSnapshot();
  const rateLimits = new RateLimits({ perAddress: 1, perUser: 100, perKey: 100, signIn: 100 }, { metrics: NO_METRICS });
  const limited = await testApp(() => snapshot, { clientDirectory: built.path, rateLimits });
  const statusOf = async (url: string, headers = {}) => (await limited.fastify.inject({ url, headers })).statusCode;
  expect([await statusOf('/graphql?query={__typename}'), await statusOf('/graphql?query={__typename}')]).toEqual([200, 429]);
  for (const { path } of [LANDING, ...ROUTES]) expect([path, await statusOf(path.replace(':id', '2571'), asBrowser)]).toEqual([path, 200]);
  // No playground was built here, and there is no such page: both answers cost nothing either.
  expect(await statusOf('/graphql', asBrowser)).toBe(404);
  expect(await statusOf('/no/such/page', asBrowser)).toBe(404);
  expect(await statusOf('/no/such/page')).toBe(429);
  await limited.shutDown(0);
  await built.remove();
});
