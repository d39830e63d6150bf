import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordingContext } from '../testing/recording-context.ts';
import { run } from './library.ts';

let raw: string;
let server: Server;
let origin: string;
/** Answers by path; a function sees the parameters. */
let answers: Record<string, unknown | ((url: URL) => unknown)>;
let asked: IncomingMessage[];

beforeAll(async () => {
  raw = await mkdtemp(join(tmpdir(), 'library-test-'));
  server = createServer((request, response) => {
    asked.push(request);
    const url = new URL(request.url ?? '', 'http://server');
    const answer = answers[url.pathname];
    if (typeof answer === 'number') response.writeHead(answer).end();
    else if (answer === undefined) response.writeHead(404).end();
    else response.end(JSON.stringify(typeof answer === 'function' ? answer(url) : answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterAll(async () => {
  server.close();
  await rm(raw, { recursive: true });
});

async function library(args: readonly string[], key: readonly string[] = ['--key', 'secret']): Promise<{ rows: string[]; line: string }> {
  asked = [];
  const context = recordingContext();
  await run(['--raw', raw, ...args, ...key], context);
  return { rows: (await readFile(join(raw, 'library/mine.csv'), 'utf8')).trim().split('\n').slice(1), line: context.lines[0] };
}

test('a list that claims more films than it has ends at its empty page', async () => {
  const item = { ProviderIds: { Tmdb: '603' } };
  answers = {
    '/Items': ({ searchParams }: URL) => ({ Items: searchParams.get('StartIndex') === '0' ? [item] : [], TotalRecordCount: 1e15 }),
  };
  expect((await library(['--jellyfin', origin])).rows).toEqual(['jellyfin,603,']);
  expect(asked.length).toBe(2);
});

test('the films of a Jellyfin server are listed, page by page', async () => {
  const items = [
    { Name: 'A', ProviderIds: { Tmdb: '603', Imdb: 'tt0133093' } },
    ...Array.from({ length: 1_000 }, () => ({ Name: 'None', ProviderIds: {} })),
    { Name: 'B', ProviderIds: { Imdb: 'tt1' } },
    { Name: 'C' },
  ];
  answers = {
    '/jelly/Items': ({ searchParams }: URL) => {
      expect(Object.fromEntries(searchParams)).toMatchObject({ IncludeItemTypes: 'Movie', Recursive: 'true', Fields: 'ProviderIds' });
      const start = Number(searchParams.get('StartIndex'));
      return { Items: items.slice(start, start + Number(searchParams.get('Limit'))), TotalRecordCount: items.length };
    },
  };
  const { rows, line } = await library(['--jellyfin', `${origin}/jelly/`]);
  expect(rows).toEqual(['jellyfin,603,tt0133093', 'jellyfin,,tt0000001']);
  expect(line).toContain('2 films of');
  expect(line).toContain('1,001 without an id of TMDb or IMDb are left out');
  expect(asked.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill('MediaBrowser Token="secret"'));
});

test('of a Plex server, every section of movies', async () => {
  const of = (...ids: string[]) => ({
    MediaContainer: { size: 1, totalSize: 1, Metadata: [{ title: 'X', Guid: ids.map((id) => ({ id })) }] },
  });
  answers = {
    '/library/sections': {
      MediaContainer: {
        Directory: [
          { key: '1', type: 'movie' },
          { key: '2', type: 'show' },
          { key: '3', type: 'movie' },
        ],
      },
    },
    '/library/sections/1/all': of('imdb://tt0000007', 'tmdb://7', 'tvdb://9'),
    '/library/sections/3/all': of('tmdb://8'),
  };
  expect((await library(['--plex', origin])).rows).toEqual([
    'jellyfin,603,tt0133093',
    'jellyfin,,tt0000001',
    'plex,7,tt0000007',
    'plex,8,',
  ]);
  expect(asked.every(({ headers }) => headers['x-plex-token'] === 'secret')).toBe(true);
});

test('of a Radarr server, those that are downloaded; and those of a file. Each run replaces what the same source listed', async () => {
  answers = {
    '/api/v3/movie': [
      { tmdbId: 5, imdbId: 'tt0000005', hasFile: true },
      { tmdbId: 6, hasFile: false },
    ],
  };
  expect((await library(['--radarr', origin])).rows.at(-1)).toBe('radarr,5,tt0000005');
  const file = join(raw, 'own.csv');
  await writeFile(file, 'title,imdb_id\nA,tt0000011\nB,\n');
  expect((await library(['--file', file], [])).rows.slice(-2)).toEqual(['radarr,5,tt0000005', 'file,,tt0000011']);
  await writeFile(file, 'tmdb_id\n12\n');
  expect((await library(['--file', file], [])).rows.slice(-2)).toEqual(['radarr,5,tt0000005', 'file,12,']);
});

test('what is wrong is said without the key', async () => {
  answers = { '/Items': 401, '/api/v3/movie': { not: 'a list' } };
  await expect(library(['--jellyfin', origin])).rejects.toThrow('Jellyfin rejects the key (HTTP 401); check --key');
  await expect(library(['--radarr', origin])).rejects.toThrow(`${origin}: not the answer of Radarr to /api/v3/movie; check the address`);
  await expect(library(['--plex', origin])).rejects.toThrow(
    `${origin}: HTTP 404 for /library/sections; check that it is the address of Plex`,
  );
  answers = { '/Items': 503 };
  await expect(library(['--jellyfin', origin])).rejects.toThrow('Jellyfin does not respond (HTTP 503); run again later');
  await expect(library(['--jellyfin', origin], [])).rejects.toThrow('--jellyfin needs a key; give --key or set LIBRARY_KEY');
  await expect(library(['--jellyfin', 'ftp://x'])).rejects.toThrow('--jellyfin takes an http(s) URL');
  await expect(library([])).rejects.toThrow('give one of --jellyfin, --plex, --radarr and --file');
  const file = join(raw, 'wrong.csv');
  await writeFile(file, 'title\nA\n');
  await expect(library(['--file', file], [])).rejects.toThrow('expected a column tmdb_id or imdb_id, found title');
});
