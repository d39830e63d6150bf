import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import type { PublicPlace } from './base-path.ts';
import { Pages, wantsHtml } from './pages.ts';

const ROUTES = [
  { path: '/', document: 'landing.html' },
  { path: '/home', document: 'home.html' },
  { path: '/movie/:id', document: 'movie.html' },
];
const ROOT: PublicPlace = { basePath: '', assetsUrl: undefined };

let folder: TemporaryFolder;
let app: FastifyInstance;
let warnings: string[];
beforeEach(async () => {
  folder = await temporaryFolder();
  warnings = [];
  const loggerInstance: FastifyBaseLogger = pino({ level: 'warn' }, { write: (line: string) => warnings.push(JSON.parse(line).msg) });
  app = Fastify({ loggerInstance });
});
afterEach(async () => {
  await app.close();
  await folder.remove();
});

async function serve(place: PublicPlace): Promise<Pages | undefined> {
  await mkdir(join(folder.path, 'assets'));
  for (const name of ['index', 'landing', 'home', 'movie'])
    await writeFile(join(folder.path, `${name}.html`), `<head><title>${name}</title><script src="./assets/main.js"></script></head>`);
  await writeFile(join(folder.path, 'routes.json'), JSON.stringify(ROUTES));
  await writeFile(join(folder.path, 'assets', 'main.js'), 'export {};');
  const pages = await Pages.register(app, {
    clientDirectory: folder.path,
    place,
    publicUrl: 'https://films.example',
    movieHead: (id) =>
      id === '7' ? { title: 'Seven', description: '', picture: undefined, canonical: undefined, type: 'video.movie', text: [] } : undefined,
  });
  app.get('/', (_request, reply) => pages?.sendLanding(reply));
  app.setNotFoundHandler((_request, reply) => pages?.sendFallback(reply.code(404)));
  return pages;
}

it.each([
  ['/', 200, 'landing'],
  ['/home', 200, 'home'],
  ['/movie/7', 200, 'Seven · CineMatch'],
  ['/movie/8', 404, 'index'],
  ['/shell.html', 200, 'index'],
  ['/nowhere', 404, 'index'],
])('%s is answered with %d and the document "%s"', async (url, status, title) => {
  await serve(ROOT);
  const { statusCode, headers, body } = await app.inject(url);
  expect([statusCode, headers['content-type'], headers['cache-control'], headers.vary]).toEqual([
    status,
    'text/html; charset=utf-8',
    'no-cache',
    'accept',
  ]);
  expect(body).toContain(`<title>${title}</title>`);
  expect(body).toContain('<script src="/assets/main.js">');
  // The head of a movie has its own.
  if (title !== 'index' && url !== '/movie/7') expect(body).toContain(`<link rel="canonical" href="https://films.example${url}"></head>`);
});

it('files of the pages are kept for a year, and read by other origins only when they are loaded from one', async () => {
  await serve(ROOT);
  const { headers } = await app.inject('/assets/main.js');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect([headers['access-control-allow-origin'], headers['cross-origin-resource-policy']]).toEqual([undefined, undefined]);
});

it('with ASSETS_URL the documents name that server, which may pass the files on', async () => {
  await serve({ basePath: '', assetsUrl: 'https://cdn.example' });
  expect((await app.inject('/home')).body).toContain('<script src="https://cdn.example/assets/main.js">');
  const { headers } = await app.inject('/assets/main.js');
  expect([headers['access-control-allow-origin'], headers['cross-origin-resource-policy']]).toEqual(['*', 'cross-origin']);
});

it('without a build there are none, and the log says how to make them', async () => {
  expect(
    await Pages.register(app, { clientDirectory: folder.path, place: ROOT, publicUrl: undefined, movieHead: () => undefined }),
  ).toBeUndefined();
  expect(warnings).toEqual(['no pages: "npm run build" makes them']);
});

it.each<['GET' | 'HEAD' | 'POST', string | undefined, boolean]>([
  ['GET', 'text/html,*/*;q=0.8', true],
  ['GET', '*/*', false],
  ['GET', undefined, false],
  ['HEAD', 'text/html', false],
  ['POST', 'text/html', false],
])('%s with accept: %s wants a page: %s', async (method, accept, expected) => {
  app.route({
    method: ['GET', 'HEAD', 'POST'],
    url: '/x',
    handler: (request, reply) => reply.header('x-page', String(wantsHtml(request))).send(),
  });
  const { headers } = await app.inject({ method, url: '/x', headers: accept === undefined ? {} : { accept } });
  expect(headers['x-page']).toBe(String(expected));
});
