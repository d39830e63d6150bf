import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { makeZip } from '../../test/zip-fixture.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface SeenRequest {
  readonly path: string;
  readonly url: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** A local server in place of MovieLens (one data set, ml-test) and TMDb. Tests can replace its responses. */
export async function startSite() {
  const site = {
    origin: '',
    zip: archive([11, 22, 33]),
    requests: [] as SeenRequest[],
    answer: serve,
    serve,
    asked: (prefix: string) => site.requests.filter(({ path }) => path.startsWith(prefix)).length,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  function serve(request: IncomingMessage, response: ServerResponse): void | Promise<void> {
    const path = pathOf(request);
    if (path === '/ml-test.zip.md5') response.end(`MD5 (ml-test.zip) = ${createHash('md5').update(site.zip).digest('hex')}\n`);
    else if (path === '/ml-test.zip') serveFile(request, response, site.zip);
    else if (path.startsWith('/3/movie/')) response.end(JSON.stringify(movie(Number(path.slice(9)))));
    else response.writeHead(404).end();
  }
  const server = createServer(async (request, response) => {
    const { range, authorization } = request.headers;
    site.requests.push({ path: pathOf(request), url: request.url ?? '', range, authorization });
    await site.answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address === 'object' && address !== null) site.origin = `http://127.0.0.1:${address.port}`;
  return site;
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}

export const links = (ids: readonly (number | string)[]) =>
  `movieId,imdbId,tmdbId\n${ids.map((id, index) => `${index + 1},000000${index},${id}\n`).join('')}`;
export const archive = (ids: readonly (number | string)[]) =>
  makeZip([
    { name: 'ml-test/', content: '' },
    { name: 'ml-test/movies.csv', content: 'movieId,title,genres\n1,A (1990),Drama\n' },
    { name: 'ml-test/links.csv', content: links(ids) },
  ]);
function serveFile(request: IncomingMessage, response: ServerResponse, content: Buffer): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start === 0) response.writeHead(200, { 'content-length': content.length }).end(content);
  else if (start >= content.length) response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
  else {
    const range = `bytes ${start}-${content.length - 1}/${content.length}`;
    response.writeHead(206, { 'content-range': range, 'content-length': content.length - start }).end(content.subarray(start));
  }
}

function movie(id: number) {
  return {
    id,
    imdb_id: `tt00000${id}`,
    title: `Film "${id}", The`,
    original_title: `Filmen ${id}`,
    alternative_titles: {
      titles: [
        { iso_3166_1: 'DE', title: 'Der|Film' },
        { iso_3166_1: 'FR', title: 'Le film' },
      ],
    },
    belongs_to_collection: { id: 9, name: 'Films Collection' },
    original_language: 'sv',
    release_date: '1991-02-03',
    runtime: 90,
    genres: [{ name: 'Drama' }, { name: 'Science Fiction' }],
    overview: 'Line one.\nLine two.',
    tagline: null,
    popularity: 1.5,
    vote_average: 6.25,
    vote_count: 12,
    status: 'Released',
    adult: false,
    production_countries: [{ iso_3166_1: 'SE' }, { iso_3166_1: 'NO' }],
    production_companies: [{ name: 'Film|House' }],
    spoken_languages: [{ iso_639_1: 'sv' }],
    videos: {
      results: [
        { key: 'teaser-0001', site: 'YouTube', type: 'Teaser', official: true },
        { key: 'trailer-fan', site: 'YouTube', type: 'Trailer', official: false, published_at: '2020-01-01' },
        { key: 'trailer-old', site: 'YouTube', type: 'Trailer', official: true, published_at: '1991-01-01' },
        { key: 'trailer-new', site: 'YouTube', type: 'Trailer', official: true, published_at: '1991-02-01' },
      ],
    },
    poster_path: '/p.jpg',
    backdrop_path: null,
    keywords: { keywords: [{ name: 'sea|shore' }, { name: 'lamp' }] },
    credits: {
      cast: [5, 4, 3, 2, 1, 0].map((order) => ({ id: 70 + order, name: `Actor ${order}`, order })),
      crew: [
        { id: 80, name: 'Dee', job: 'Director' },
        { id: 81, name: 'Wye', job: 'Writer' },
      ],
    },
    release_dates: {
      results: [
        { iso_3166_1: 'DE', release_dates: [{ certification: '12', type: 3 }] },
        {
          iso_3166_1: 'US',
          release_dates: [
            { certification: '', type: 1 },
            { certification: 'R', type: 5 },
            { certification: 'PG', type: 3 },
          ],
        },
      ],
    },
    'watch/providers': {
      results: {
        US: {
          flatrate: [
            { provider_id: 337, provider_name: 'Disney Plus' },
            { provider_id: 8, provider_name: 'Netflix' },
          ],
          rent: [{ provider_id: 2, provider_name: 'Apple TV' }],
        },
        DE: { flatrate: [{ provider_id: 30, provider_name: 'Sky' }] },
      },
    },
  };
}
