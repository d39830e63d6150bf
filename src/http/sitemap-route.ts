import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PaidWork } from './paid-work.ts';

/** The limit of the protocol (sitemaps.org). */
const MAX_ADDRESSES = 50_000;
/** So many addresses are written before the event loop gets a turn. */
const ADDRESSES_A_CHUNK = 1_000;
/** Points of a file with MAX_ADDRESSES. */
export const SITEMAP_FILE_PRICE = 700;
const DAY = 'public, max-age=86400';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** The pages that crawlers may know. */
export interface SitemapPages {
  /** Changes whenever any address does. */
  version: string;
  /** How many places there are. Some can be empty. */
  size: number;
  /** Undefined at a place without a page. */
  pathAt(place: number): string | undefined;
}

export interface SitemapRoute {
  /** Scheme, host and path of the web app. */
  publicUrl: string;
  pages(): SitemapPages;
  pay: PaidWork;
}

/** `/sitemap.xml` lists files of at most 50,000 addresses, which are written while they are sent. */
export async function sitemapRoute(app: FastifyInstance, { publicUrl, pages, pay }: SitemapRoute): Promise<void> {
  app.get('/sitemap.xml', (request, reply) => {
    const { version, size } = pages();
    const files = Array.from({ length: fileCount(size) }, (_, n) => `<sitemap><loc>${publicUrl}/sitemap-${n + 1}.xml</loc></sitemap>`);
    if (isKnown(reply, `"${version}"`, request.headers['if-none-match'])) return reply.code(304).send();
    return reply.send(`<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex ${NAMESPACE}>${files.join('')}</sitemapindex>\n`);
  });
  const options = { config: { payment: 'points' } } as const;
  app.get<{ Params: { file: string } }>('/sitemap-:file(^[1-9]\\d{0,4}).xml', options, async (request, reply) => {
    const file = Number(request.params.file);
    const known = pages();
    if (file > fileCount(known.size)) return reply.callNotFound();
    if (isKnown(reply, `"${known.version} ${file}"`, request.headers['if-none-match'])) return reply.code(304).send();
    const addresses = await pay(request, SITEMAP_FILE_PRICE, async () => addressFile(publicUrl, known, file));
    return reply.send(Readable.from(addresses, { objectMode: false }));
  });
}

function fileCount(size: number): number {
  return Math.max(1, Math.ceil(size / MAX_ADDRESSES));
}

/** Sets the headers of an answer. Whether the caller has that answer already. */
function isKnown(reply: FastifyReply, etag: string, known: string | undefined): boolean {
  reply.type('application/xml; charset=utf-8').header('cache-control', DAY).header('etag', etag);
  return known?.includes(etag) === true;
}

function* addressFile(publicUrl: string, { size, pathAt }: SitemapPages, file: number): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<urlset ${NAMESPACE}>`;
  const end = Math.min(size, file * MAX_ADDRESSES);
  for (let begin = (file - 1) * MAX_ADDRESSES; begin < end; begin += ADDRESSES_A_CHUNK) {
    let chunk = '';
    for (let place = begin; place < Math.min(end, begin + ADDRESSES_A_CHUNK); place++) {
      const path = pathAt(place);
      if (path !== undefined) chunk += `<url><loc>${publicUrl}${path}</loc></url>\n`;
    }
    yield chunk;
  }
  yield '</urlset>\n';
}
