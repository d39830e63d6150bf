import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { type TestApp, testApp } from '../../test/running-app.ts';

describe('the files of an installed web app', () => {
  let folder: TemporaryFolder;
  let app: TestApp;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder.path, 'assets'));
    await writeFile(join(folder.path, 'icon-512.png'), 'a picture');
    await writeFile(join(folder.path, 'service-worker.js'), 'code');
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot, {
      clientDirectory: folder.path,
      basePath: '/films',
      publicUrl: 'https://example.org',
      sitemap: true,
    });
  });
  afterAll(async () => {
    await app?.shutDown(0);
    await folder?.remove();
  });

  it('are below the base path', async () => {
    const { headers, body } = await app.fastify.inject('/manifest.webmanifest');
    const { start_url, scope, icons } = JSON.parse(body);
    expect([headers['content-type'], start_url, scope]).toEqual(['application/manifest+json; charset=utf-8', '/films/tonight', '/films/']);
    expect(icons.map(({ src }: { src: string }) => src)).toContain('/films/icon-512.png');
    expect(JSON.parse(body)).toMatchObject({ name: 'CineMatch', display: 'standalone', id: '/films/' });
    expect(icons.map(({ sizes, type, purpose = 'any' }: Record<string, string>) => `${sizes} ${type} ${purpose}`)).toEqual([
      'any image/svg+xml any',
      '192x192 image/png any',
      '512x512 image/png any maskable',
    ]);
    expect(JSON.parse(body).shortcuts.map(({ url }: { url: string }) => url)).toEqual(['/films/tonight', '/films/watchlist']);
    expect(headers['cache-control']).toBe('public, max-age=86400');
    const icon = await app.fastify.inject('/films/icon-512.png');
    expect([icon.statusCode, icon.headers['content-type'], icon.body]).toEqual([200, 'image/png', 'a picture']);
    expect(icon.headers['cache-control']).toBe('public, max-age=86400');
    expect((await app.fastify.inject('/films/icon-180.png')).statusCode).toBe(404);
  });

  it('have a worker that browsers compare at each visit', async () => {
    const { headers, body } = await app.fastify.inject('/films/service-worker.js');
    expect([headers['content-type'], headers['cache-control'], body]).toEqual(['text/javascript; charset=utf-8', 'no-cache', 'code']);
    // A page that asks for it must not use up the requests of its visitor.
    const paymentOf = (name: string) => app.fastify.routes.find(({ url }) => url.endsWith(name))?.payment;
    expect([paymentOf('/service-worker.js'), paymentOf('/robots.txt')]).toEqual(['free', 'counted']);
  });

  it('tell crawlers what is no page', async () => {
    const { headers, body } = await app.fastify.inject('/robots.txt');
    expect([headers['content-type'], headers['cache-control']]).toEqual(['text/plain; charset=utf-8', 'public, max-age=86400']);
    expect(body).toBe(
      'User-agent: *\nDisallow: /films/api/\nDisallow: /films/graphql\nDisallow: /films/export.\nDisallow: /films/lists/\nSitemap: https://example.org/films/sitemap.xml\n',
    );
    const addresses = (await app.fastify.inject('/films/sitemap-1.xml')).body.match(/(?<=<loc>).*?(?=<\/loc>)/g) ?? [];
    expect(addresses.slice(0, 2)).toEqual(['https://example.org/films/', 'https://example.org/films/tonight']);
    expect(addresses).toContain('https://example.org/films/movie/2571');
  });
});
