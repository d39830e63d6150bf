import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, type Visitor } from '../../test/accounts-app.ts';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { routeNames } from '../../test/route-names.ts';
import type { PosterSource } from './poster-source.ts';

const ORIGIN = 'https://films.example';
const TOKEN = 'a token for the metrics';
const SCRIPT = 'export {};'.repeat(200);
const QUERY = JSON.stringify({ query: '{ viewer { id } }' });

/** An address of each route, with what is sent to it. */
const ADDRESSES: Record<string, { url: string; body?: string; type?: string }> = {
  'GET /': { url: '/' },
  'GET /api/auth/*': { url: '/api/auth/get-session' },
  'GET /assets/*': { url: '/assets/main-abc.js' },
  'GET /audit.csv': { url: '/audit.csv' },
  'GET /export.csv': { url: '/export.csv' },
  'GET /export.json': { url: '/export.json' },
  'GET /graphql': { url: '/graphql?query={viewer{id}}' },
  'GET /health': { url: '/health' },
  'GET /home': { url: '/home' },
  'GET /icon-512.png': { url: '/icon-512.png' },
  'GET /manifest.webmanifest': { url: '/manifest.webmanifest' },
  'GET /metrics': { url: '/metrics' },
  'GET /movie/:id': { url: '/movie/1' },
  'GET /posters/:size/:file': { url: '/posters/w342/a.jpg' },
  'GET /ready': { url: '/ready' },
  'GET /robots.txt': { url: '/robots.txt' },
  'GET /service-worker.js': { url: '/service-worker.js' },
  'GET /shell.html': { url: '/shell.html' },
  'GET /sitemap-:file(^[1-9]\\d{0,4}).xml': { url: '/sitemap-1.xml' },
  'GET /sitemap.xml': { url: '/sitemap.xml' },
  'POST /api/auth/*': { url: '/api/auth/update-user', body: '{}' },
  'POST /graphql': { url: '/graphql', body: QUERY },
  'POST /hooks/:token': { url: '/hooks/none', body: '{}' },
  'PUT /api/library': { url: '/api/library', body: 'imdb_id\n', type: 'text/csv' },
};
/** What no route answers. */
const OTHERS: typeof ADDRESSES = {
  'GET nothing': { url: '/no/such/thing' },
  'GET a movie that is none': { url: '/movie/none' },
  'PUT elsewhere': { url: '/health', body: '{}' },
  'GET the playground': { url: '/graphql' },
  'POST no JSON': { url: '/graphql', body: '{' },
};

describe('an answer that depends on a header of the request', () => {
  let folder: TemporaryFolder;
  let server: AccountsApp;
  let owner: Visitor;
  /** Values of each header that may matter. Undefined: it is not sent. */
  let values: Record<string, (string | undefined)[]>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder.path, 'assets'));
    const page = '<!doctype html><title>x</title>';
    for (const name of ['index.html', 'movie.html', 'service-worker.js', 'icon-512.png']) await writeFile(join(folder.path, name), page);
    const routes = ['/', '/home', '/movie/:id'].map((path) => ({ path, document: path === '/movie/:id' ? 'movie.html' : 'index.html' }));
    await writeFile(join(folder.path, 'routes.json'), JSON.stringify(routes));
    await writeFile(join(folder.path, 'assets', 'main-abc.js'), SCRIPT);
    await writeFile(join(folder.path, 'assets', 'main-abc.js.gz'), gzipSync(SCRIPT));
    server = await accountsApp({}, undefined, {
      clientDirectory: folder.path,
      artifactsDirectory: folder.path,
      corsOrigins: [ORIGIN],
      publicUrl: 'https://films.example',
      sitemap: true,
      metricsPage: { page: { contentType: 'text/plain', text: async () => 'metrics' }, token: TOKEN },
      posterRoute: {
        posters: { picture: async () => ({ contentType: 'image/jpeg', bytes: Buffer.from('x') }) } as unknown as PosterSource,
        sizes: new Set(['w342']),
        isPoster: () => true,
      },
    });
    owner = server.visitor();
    await owner.signUp('Ann');
    const { key } = await owner.apiKey({ configId: 'write' });
    const cookie = [...owner.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    values = {
      accept: [undefined, 'text/html', 'application/json', '*/*'],
      'accept-encoding': [undefined, 'gzip', 'br', 'identity'],
      'accept-language': [undefined, 'de', 'ja'],
      authorization: [undefined, `Bearer ${TOKEN}`, `Bearer ${await owner.token()}`, 'Bearer wrong'],
      cookie: [undefined, cookie],
      'x-api-key': [undefined, key, 'cm_wrong'],
      origin: [undefined, ORIGIN],
      'user-agent': [undefined, 'Mozilla/5.0'],
    };
  });
  afterAll(async () => {
    await server.stop();
    await folder.remove();
  });

  /** What a cache would store of an answer, without what differs from request to request. */
  const answerTo = async (name: string, header: string, value: string | undefined) => {
    const { url, body, type = 'application/json' } = { ...ADDRESSES, ...OTHERS }[name];
    const sent = { ...(body === undefined ? {} : { 'content-type': type }), ...(value === undefined ? {} : { [header]: value }) };
    const method = name.split(' ')[0] as 'GET' | 'POST' | 'PUT';
    const { statusCode, headers, rawPayload } = await server.app.fastify.inject({
      method,
      url,
      headers: sent,
      ...(body === undefined ? {} : { payload: body }),
    });
    const { date: _date, vary, 'x-request-id': id, 'set-cookie': cookies, 'last-modified': _time, ...rest } = headers;
    const text = rawPayload
      .toString('latin1')
      .replaceAll(String(id), 'ID')
      .replaceAll(/"exportedAt":"[^"]*"/g, '');
    const varies = [vary]
      .flat()
      .join(', ')
      .toLowerCase()
      .split(/\s*,\s*/);
    return { answer: JSON.stringify([statusCode, rest, cookies === undefined, text]), varies };
  };

  it('is that of a route in the table: each has a row', () => {
    expect(Object.keys(ADDRESSES)).toEqual(routeNames(server.app.fastify.routes));
  });

  it.each(Object.keys({ ...ADDRESSES, ...OTHERS }))('names the header in `vary`, and keeps what others put there: %s', async (name) => {
    const missing: string[] = [];
    let dependsOn = 0;
    for (const [header, given] of Object.entries(values)) {
      const answers = await Promise.all(given.map((value) => answerTo(name, header, value)));
      if (new Set(answers.map(({ answer }) => answer)).size === 1) continue;
      dependsOn++;
      for (const [i, { varies }] of answers.entries()) if (!varies.includes(header)) missing.push(`${header}: ${given[i] ?? '(not sent)'}`);
      for (const { varies } of answers) expect(varies).toContain('origin');
    }
    expect(missing).toEqual([]);
    // CORS answers every origin that it knows by a header of its own.
    expect(dependsOn).toBeGreaterThan(0);
  });
});
