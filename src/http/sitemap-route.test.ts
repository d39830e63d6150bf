import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SITEMAP_FILE_PRICE, sitemapRoute } from './sitemap-route.ts';

const SIZE = 100_001;
const EMPTY = 7;

let app: FastifyInstance;
let version: string;
let paid: number[];
beforeEach(async () => {
  version = 'v1';
  paid = [];
  app = Fastify();
  await app.register(sitemapRoute, {
    publicUrl: 'https://example.org/films',
    pages: () => ({ version, size: SIZE, pathAt: (place) => (place === EMPTY ? undefined : `/movie/${place}`) }),
    async pay(_request, points, work) {
      paid.push(points);
      return work(() => undefined);
    },
  });
});
afterEach(() => app.close());

async function addressesOf(file: number): Promise<string[]> {
  const { body } = await app.inject(`/sitemap-${file}.xml`);
  return [...body.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address ?? '');
}

describe('the list of all pages', () => {
  it('names its files', async () => {
    const { statusCode, headers, body } = await app.inject('/sitemap.xml');
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'application/xml; charset=utf-8',
      'public, max-age=86400',
    ]);
    expect(body.match(/<loc>.*?<\/loc>/g)).toEqual([1, 2, 3].map((n) => `<loc>https://example.org/films/sitemap-${n}.xml</loc>`));
  });

  it('has each page once, at most 50,000 a file', async () => {
    const files = [await addressesOf(1), await addressesOf(2), await addressesOf(3)];
    expect(files.map(({ length }) => length)).toEqual([49_999, 50_000, 1]);
    const expected = Array.from({ length: SIZE }, (_, place) => `https://example.org/films/movie/${place}`);
    expect(paid).toEqual(files.map(() => SITEMAP_FILE_PRICE));
    expect(files.flat()).toEqual(expected.toSpliced(EMPTY, 1));
  });

  it.each(['/sitemap-4.xml', '/sitemap-0.xml', '/sitemap-01.xml', '/sitemap-x.xml', '/sitemap-.xml'])('has no file %s', async (url) => {
    expect((await app.inject(url)).statusCode).toBe(404);
  });

  it.each(['/sitemap.xml', '/sitemap-2.xml'])('is sent again only after a change: %s', async (url) => {
    const { etag } = (await app.inject(url)).headers;
    const again = () => app.inject({ url, headers: { 'if-none-match': String(etag) } });
    expect((await again()).statusCode).toBe(304);
    version = 'v2';
    expect((await again()).statusCode).toBe(200);
  });
});
