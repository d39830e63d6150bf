import { once } from 'node:events';
import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { type TestApp, testApp } from '../../test/running-app.ts';
import { PosterCache } from './poster-cache.ts';
import { PosterSource } from './poster-source.ts';

const JPEG = Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.alloc(5_000, 7)]);
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100)]);
const WEBP = Buffer.concat([Buffer.from('RIFF\x00\x00\x00\x00WEBP', 'latin1'), Buffer.alloc(100)]);

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

describe('the cache of posters', () => {
  const picture = (bytes: number): Buffer => Buffer.alloc(bytes, 1);

  it('keeps pictures over a restart', async () => {
    const first = await PosterCache.open(folder.path, 1_000_000);
    await first.put('w92-a.jpg', JPEG);
    const second = await PosterCache.open(folder.path, 1_000_000);
    expect(await second.get('w92-a.jpg')).toEqual(JPEG);
    expect(await second.get('w92-b.jpg')).toBeUndefined();
    expect((await stat(join(folder.path, 'w92-a.jpg'))).mode & 0o777).toBe(0o600);
  });

  it('takes no more room than it may, and lets go what was used least lately', async () => {
    const cache = await PosterCache.open(folder.path, 3 * 4_096);
    for (const name of ['a', 'b', 'c']) await cache.put(name, picture(4_096));
    expect(cache.bytes).toBe(3 * 4_096);
    await cache.get('a');
    await cache.put('d', picture(1));
    await expect.poll(async () => (await readdir(folder.path)).sort()).toEqual(['a', 'c', 'd']);
    expect(cache.bytes).toBe(3 * 4_096);
    expect(await cache.get('b')).toBeUndefined();
  });

  it('takes over the newest files of an earlier run with more room, and no unfinished ones', async () => {
    for (const [n, name] of ['old', 'newer', 'newest'].entries()) {
      await writeFile(join(folder.path, name), picture(4_096));
      await utimes(join(folder.path, name), n, n);
    }
    await writeFile(join(folder.path, 'half.0.tmp'), picture(10));
    const cache = await PosterCache.open(folder.path, 2 * 4_096);
    await expect.poll(async () => (await readdir(folder.path)).sort()).toEqual(['newer', 'newest']);
    expect(cache.bytes).toBe(2 * 4_096);
  });

  it('keeps a picture that is fetched once more', async () => {
    const cache = await PosterCache.open(folder.path, 1_000_000);
    for (const bytes of [4_096, 4_097]) await cache.put('a', picture(bytes));
    // The files that are let go are deleted later.
    await sleep(20);
    expect(await cache.get('a')).toEqual(picture(4_097));
    expect(cache.bytes).toBe(2 * 4_096);
  });

  it('says why a picture cannot be written, and leaves nothing', async () => {
    const cache = await PosterCache.open(folder.path, 1_000_000);
    await folder.remove();
    await expect(cache.put('a', JPEG)).rejects.toMatchObject({ code: 'ENOENT', syscall: 'open' });
    expect(cache.bytes).toBe(0);
  });

  it('knows no picture that somebody has deleted', async () => {
    const cache = await PosterCache.open(folder.path, 1_000_000);
    await cache.put('a', JPEG);
    // Another run that may keep nothing.
    await PosterCache.open(folder.path, 1);
    expect(await readdir(folder.path)).toEqual([]);
    expect(await cache.get('a')).toBeUndefined();
    expect(cache.bytes).toBe(0);
  });
});

describe('posters from this server', () => {
  let images: Server;
  let origin: string;
  let asked: string[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let now: number;
  let warnings: string[];

  beforeEach(async () => {
    asked = [];
    warnings = [];
    now = 1_000_000;
    answer = (_request, response) => response.end(JPEG);
    images = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(images, 'listening');
    const address = images.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/t/p`;
  });
  afterEach(async () => {
    images.closeAllConnections();
    images.close();
  });

  const source = async (maxBytes = 10_000_000): Promise<PosterSource> =>
    new PosterSource({
      origin,
      cache: await PosterCache.open(folder.path, maxBytes),
      log: { warn: (...words: unknown[]) => void warnings.push(String(words.at(-1))) },
      now: () => now,
    });

  it.each([
    ['image/jpeg', JPEG],
    ['image/png', PNG],
    ['image/webp', WEBP],
  ])('are told by their bytes to be %s, whatever they are called, and are fetched once', async (contentType, bytes) => {
    answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(bytes);
    const posters = await source();
    for (let n = 0; n < 2; n++) expect(await posters.picture('w92', 'a.jpg')).toEqual({ contentType, bytes });
    expect(asked).toEqual(['/t/p/w92/a.jpg']);
  });

  it('many that wait for one picture wait for one fetch', async () => {
    answer = (_request, response) => setTimeout(() => response.end(JPEG), 50);
    const posters = await source();
    const answers = await Promise.all(Array.from({ length: 200 }, () => posters.picture('w92', 'a.jpg')));
    expect(new Set(answers.map((each) => (typeof each === 'string' ? each : each.contentType)))).toEqual(new Set(['image/jpeg']));
    expect(asked).toHaveLength(1);
  });

  it('eight are fetched at a time, a hundred wait, and the others are told to come again', async () => {
    let open = 0;
    let most = 0;
    answer = (_request, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end(JPEG);
      }, 5);
    };
    const posters = await source();
    const answers = await Promise.all(Array.from({ length: 120 }, (_, n) => posters.picture('w92', `${n}.jpg`)));
    expect(answers.filter((each) => each === 'unavailable')).toHaveLength(12);
    expect([asked.length, most]).toEqual([108, 8]);
    expect(await posters.picture('w92', 'later.jpg')).toMatchObject({ contentType: 'image/jpeg' });
  });

  it.each([
    ['there is none', (_: IncomingMessage, response: ServerResponse) => response.writeHead(404).end()],
    ['the image server shows it to nobody', (_: IncomingMessage, response: ServerResponse) => response.writeHead(403).end()],
    ['it is a page', (_: IncomingMessage, response: ServerResponse) => response.end('<script>alert(1)</script>')],
    ['it is an SVG picture, which can hold a program', (_: IncomingMessage, response: ServerResponse) => response.end('<svg xmlns="x"/>')],
    [
      'it has more than 3 MB',
      (_: IncomingMessage, response: ServerResponse) => response.end(Buffer.concat([JPEG, Buffer.alloc(3 * 1024 ** 2)])),
    ],
  ])('is gone for a day when %s', async (_why, reply) => {
    answer = reply;
    const posters = await source();
    for (const later of [0, 0, 24 * 60 * 60 * 1_000]) {
      now += later;
      expect(await posters.picture('w92', 'a.jpg')).toBe('gone');
    }
    expect(asked).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual([]);
    now += 1;
    expect(await posters.picture('w92', 'a.jpg')).toBe('gone');
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['JPEG', JPEG, 2],
    ['PNG', PNG, 7],
    ['WebP', WEBP, 3],
    ['WebP', WEBP, 8],
    ['WebP', WEBP, 11],
  ] as const)('is no %s when one byte of its mark is another', async (_type, bytes, place) => {
    const almost = Buffer.from(bytes);
    almost[place] ^= 1;
    answer = (_request, response) => response.end(almost);
    expect(await (await source()).picture('w92', 'a.jpg')).toBe('gone');
    expect(warnings).toEqual(['a poster is no picture, or too large']);
  });

  it('may be as short as its mark', async () => {
    const posters = await source();
    for (const [length, bytes] of [
      [3, JPEG],
      [8, PNG],
      [12, WEBP],
    ] as const) {
      const mark = bytes.subarray(0, length);
      answer = (_request, response) => response.end(mark);
      expect(await posters.picture('w92', `${length}.jpg`)).toMatchObject({ bytes: mark });
      answer = (_request, response) => response.end(mark.subarray(0, -1));
      expect(await posters.picture('w92', `${length - 1}.jpg`)).toBe('gone');
    }
  });

  it('says once why many at a time could not be fetched', async () => {
    answer = (_request, response) => response.writeHead(500).end();
    const posters = await source();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => posters.picture('w92', `${n}.jpg`)));
    expect(answers).toEqual(Array(20).fill('unavailable'));
    expect(warnings).toEqual(['posters cannot be fetched; pages draw their own']);
    // Those that waited for their turn asked no more.
    expect(asked).toHaveLength(8);
  });

  it('of exactly 3 MB is the largest', async () => {
    const largest = Buffer.concat([JPEG, Buffer.alloc(3 * 1024 ** 2 - JPEG.length)]);
    answer = (_request, response) => response.end(largest);
    expect(await (await source()).picture('w92', 'a.jpg')).toEqual({ contentType: 'image/jpeg', bytes: largest });
    answer = (_request, response) => response.end(Buffer.concat([largest, Buffer.alloc(1)]));
    expect(await (await source()).picture('w92', 'b.jpg')).toBe('gone');
  });

  it('is fetched again when its file was damaged', async () => {
    const posters = await source();
    await posters.picture('w92', 'a.jpg');
    await writeFile(join(folder.path, 'w92-a.jpg'), 'no picture');
    expect(await posters.picture('w92', 'a.jpg')).toEqual({ contentType: 'image/jpeg', bytes: JPEG });
    expect(asked).toHaveLength(2);
  });

  it('that cannot be kept is shown, and the log says so', async () => {
    const posters = await source();
    await folder.remove();
    expect(await posters.picture('w92', 'a.jpg')).toEqual({ contentType: 'image/jpeg', bytes: JPEG });
    expect(warnings).toEqual(['a poster cannot be kept']);
  });

  it.each([
    ['fails', (_: IncomingMessage, response: ServerResponse) => response.writeHead(500).end()],
    [
      'redirects elsewhere',
      (_: IncomingMessage, response: ServerResponse) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
    ['hangs up', (request: IncomingMessage) => request.socket.destroy()],
  ])('an image server that %s is left alone for half a minute, with one line in the log', async (_how, reply) => {
    answer = reply;
    const posters = await source();
    expect(await posters.picture('w92', 'a.jpg')).toBe('unavailable');
    const before = asked.length;
    now += 29_999;
    expect(await posters.picture('w92', 'b.jpg')).toBe('unavailable');
    expect(asked).toHaveLength(before);
    expect(warnings).toEqual(['posters cannot be fetched; pages draw their own']);
    answer = (_request, response) => response.end(JPEG);
    now += 1;
    expect(await posters.picture('w92', 'b.jpg')).toMatchObject({ contentType: 'image/jpeg' });
  });

  describe('by the route', () => {
    let app: TestApp;
    beforeEach(async () => {
      const snapshot = await fixtureSnapshot();
      app = await testApp(() => snapshot, {
        posterAddresses: { base: '/posters', others: false },
        posterRoute: { posters: await source(), sizes: new Set(['w92', 'w342']), isPoster: (file) => file === 'matrix.jpg' },
        pictureOrigins: [],
      });
    });
    afterEach(() => app.shutDown(0));

    it('come with a type, a long time to be kept, and a policy that names no other server', async () => {
      const { statusCode, headers, rawPayload } = await app.fastify.inject({ url: '/posters/w92/matrix.jpg' });
      expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
        200,
        'image/jpeg',
        'public, max-age=31536000, immutable',
      ]);
      expect(rawPayload.equals(JPEG)).toBe(true);
      expect(headers['content-security-policy']).toMatch(/img-src 'self' data:(;|$)/);
    });

    it('are the addresses of the API', async () => {
      const payload = { query: '{ movie(id: "2571") { posterUrl wide: posterUrl(width: 4000) } }' };
      const { data } = (await app.fastify.inject({ method: 'POST', url: '/graphql', payload })).json();
      expect(data.movie).toEqual({ posterUrl: '/posters/w342/matrix.jpg', wide: '/posters/w780/matrix.jpg' });
    });

    it.each([
      '/posters/w92/other.jpg',
      '/posters/original/matrix.jpg',
      '/posters/w93/matrix.jpg',
      '/posters/w92/..%2f..%2fmatrix.jpg',
      '/posters/..%2fw92/matrix.jpg',
      '/posters/w92/matrix.jpg%00',
      '/posters/w92/http:%2f%2f127.0.0.1%2fmatrix.jpg',
    ])('%s is none, and nothing is fetched', async (url) => {
      expect((await app.fastify.inject({ url })).statusCode).toBe(404);
      expect(asked).toEqual([]);
    });

    it('that are gone may be kept as such for a day', async () => {
      answer = (_request, response) => response.writeHead(404).end();
      for (let n = 0; n < 2; n++) {
        const { statusCode, headers, body } = await app.fastify.inject({ url: '/posters/w92/matrix.jpg' });
        expect([statusCode, headers['cache-control']]).toEqual([404, 'public, max-age=86400']);
        expect(JSON.parse(body).errors[0]).toEqual({ message: 'There is no such poster.', extensions: { code: 'NOT_FOUND' } });
      }
      expect(asked).toHaveLength(1);
    });

    it('that cannot be had say when to come again', async () => {
      answer = (_request, response) => response.writeHead(503).end();
      const { statusCode, headers } = await app.fastify.inject({ url: '/posters/w92/matrix.jpg' });
      expect([statusCode, headers['retry-after'], headers['cache-control']]).toEqual([503, '30', 'no-store']);
      await sleep(0);
    });
  });
});
