import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { seeded } from '../data/random.ts';

type Failure = number | 'cut' | 'html' | undefined;

const PAGE_LENGTH = 20;
const KINDS = ['flatrate', 'free', 'ads', 'rent', 'buy'] as const;
const SERVICES = [
  [8, 'Netflix'],
  [337, 'Disney Plus'],
  [1899, 'HBO Max'],
  [387, 'Peacock Premium Plus'],
] as const;
const GENRES = ['Drama', 'Comedy', 'Thriller', 'Science Fiction'];

export interface FakeMovie {
  id: number;
  title: string;
  released: string;
  status: string;
  adult: boolean;
  votes: number;
  popularity: number;
  /** Region -> kind -> provider ids. */
  offers: Record<string, Partial<Record<(typeof KINDS)[number], number[]>>>;
  /** Fields of the record, in place of those made by rule. */
  record?: Record<string, unknown>;
}

export interface FakeTmdbOptions {
  movies?: number;
  seed?: number;
  /** The day of the newest export, and of changes. */
  today?: string;
}

/**
 * A local server in place of TMDb: movies made by rule, their daily export, /discover, /movie/changes and /movie/ID. Every 50th movie is for
 * adults, every 40th is not released. `breaks` says which of the next answers fail, and how.
 */
export async function startFakeTmdb({ movies: count = 1000, seed = 1, today = '2026-03-04' }: FakeTmdbOptions = {}) {
  const random = seeded(seed);
  const movies = new Map<number, FakeMovie>();
  for (let n = 1; n <= count; n++) movies.set(1000 + n, makeMovie(n, random));
  const requests: string[] = [];
  const asked = (prefix: string): string[] => requests.filter((path) => path.startsWith(prefix));
  const site = {
    origin: '',
    movies,
    today,
    requests,
    /** The status or failure of an answer to this path; undefined: a good answer. */
    breaks: ((): undefined => undefined) as (path: string, number: number) => Failure,
    asked,
    /** Ids of the movies whose records were asked for. */
    fetched: () => asked('/3/movie/').flatMap((path) => (/\/(\d+)$/.test(path) ? [Number(path.slice(9))] : [])),
    /** Changes a movie, and lists it among the changes of a day. */
    change(id: number, patch: Partial<FakeMovie>, day?: string): void {
      const movie = movies.get(id);
      if (movie !== undefined) movies.set(id, { ...movie, ...patch });
      changes.push({ id, day: day ?? site.today });
    },
    close(): void {
      server.closeAllConnections();
      server.close();
    },
  };
  const changes: { id: number; day: string }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://tmdb');
    site.requests.push(url.pathname);
    const failure = site.breaks(url.pathname, site.requests.length);
    if (typeof failure === 'number') response.writeHead(failure).end();
    else if (failure === 'html') response.end('<!doctype html><p>maintenance');
    else if (failure === 'cut') response.writeHead(200, { 'content-length': 1000 }).write('{"id"', () => response.destroy());
    else answer(request, response, url);
  });
  function answer(_request: IncomingMessage, response: ServerResponse, { pathname, searchParams }: URL): void {
    const json = (body: unknown): void => void response.end(JSON.stringify(body));
    const all = [...movies.values()];
    const [year, month, date] = site.today.split('-');
    if (pathname === `/exports/movie_ids_${month}_${date}_${year}.json.gz`) {
      const lines = all.map(({ id, title, adult, popularity }) =>
        JSON.stringify({ adult, id, original_title: title, popularity, video: false }),
      );
      response.end(gzipSync(`${lines.join('\n')}\n`));
    } else if (pathname === '/3/discover/movie') {
      const from = searchParams.get('primary_release_date.gte') ?? '';
      const to = searchParams.get('primary_release_date.lte') ?? '';
      const votes = Number(searchParams.get('vote_count.gte'));
      const found = all.filter((movie) => !movie.adult && movie.released >= from && movie.released <= to && movie.votes >= votes);
      json(pageOf(found, searchParams, ({ id, adult }) => ({ id, adult })));
    } else if (pathname === '/3/movie/changes') {
      const from = searchParams.get('start_date') ?? '';
      const to = searchParams.get('end_date') ?? '';
      if (Date.parse(to) - Date.parse(from) > 14 * 86_400_000) return void response.writeHead(422).end();
      json(
        pageOf(
          changes.filter(({ day }) => day >= from && day <= to),
          searchParams,
          ({ id }) => ({ id, adult: false }),
        ),
      );
    } else {
      const movie = movies.get(Number(/^\/3\/movie\/(\d+)$/.exec(pathname)?.[1]));
      if (movie === undefined) response.writeHead(404).end('{}');
      else json(recordOf(movie));
    }
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address === 'object' && address !== null) site.origin = `http://127.0.0.1:${address.port}`;
  return site;
}

export type FakeTmdb = Awaited<ReturnType<typeof startFakeTmdb>>;

function makeMovie(n: number, random: () => number): FakeMovie {
  const isReleased = n % 40 !== 0;
  const year = isReleased ? 1990 + (n % 36) : 2031;
  const service = SERVICES[n % SERVICES.length][0];
  return {
    id: 1000 + n,
    title: `Film ${n}`,
    released: `${year}-0${1 + (n % 9)}-1${n % 9}`,
    status: isReleased ? 'Released' : 'Post Production',
    adult: n % 50 === 0,
    votes: Math.floor(3000 * random() ** 3),
    popularity: Math.round(30 * random() * 100) / 100,
    offers: n % 3 === 0 ? {} : { US: { flatrate: [service], rent: [337] }, DE: { buy: [8] } },
  };
}

function recordOf(movie: FakeMovie) {
  const { id, title, released, status, adult, votes, popularity, offers } = movie;
  const results = Object.entries(offers).map(([region, kinds]) => [
    region,
    Object.fromEntries(
      Object.entries(kinds).map(([kind, ids]) => [
        kind,
        ids.map((number) => ({
          provider_id: number,
          provider_name: SERVICES.find(([known]) => known === number)?.[1] ?? `Service ${number}`,
        })),
      ]),
    ),
  ]);
  return {
    id,
    imdb_id: `tt${String(7_000_000 + id)}`,
    title,
    original_title: `Filmen ${id}`,
    alternative_titles: { titles: [{ iso_3166_1: 'FR', title: `Le film ${id}` }] },
    belongs_to_collection: id % 25 === 0 ? { id, name: `Films ${id} Collection` } : null,
    original_language: 'sv',
    release_date: released,
    status,
    adult,
    runtime: 80 + (id % 60),
    genres: [{ name: GENRES[id % GENRES.length] }],
    overview: `The story of film number ${id}.`,
    popularity,
    vote_average: 4 + (id % 50) / 10,
    vote_count: votes,
    poster_path: `/p${id}.jpg`,
    production_countries: [{ iso_3166_1: 'SE' }],
    production_companies: [{ id: 1, name: 'Film House' }],
    spoken_languages: [{ iso_639_1: 'sv' }],
    keywords: { keywords: [{ name: `topic ${id % 30}` }] },
    credits: {
      cast: [{ id: 5000 + (id % 80), name: `Actor ${id % 80}`, order: 0 }],
      crew: [
        { id: 6000 + (id % 40), name: `Director ${id % 40}`, job: 'Director' },
        { id: 6500, name: 'Somebody', job: 'Caterer' },
      ],
    },
    videos: { results: [{ key: `trailer${id}`, site: 'YouTube', type: 'Trailer', official: true }] },
    release_dates: { results: [] },
    'watch/providers': { results: Object.fromEntries(results) },
    ...movie.record,
  };
}

function pageOf<T>(found: readonly T[], parameters: URLSearchParams, shown: (item: T) => unknown) {
  const page = Number(parameters.get('page') ?? 1);
  return {
    page,
    total_pages: Math.ceil(found.length / PAGE_LENGTH),
    total_results: found.length,
    results: found.slice((page - 1) * PAGE_LENGTH, page * PAGE_LENGTH).map(shown),
  };
}
