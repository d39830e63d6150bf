import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseRecords } from '../testing/csv-records.ts';
import { type Answer, archive, links, pathOf, startSite } from '../testing/fake-download-site.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run } from './download.ts';

const key = 'secret0123456789';
let raw: string;
let site: Awaited<ReturnType<typeof startSite>>;

beforeEach(async () => {
  raw = await mkdtemp(join(tmpdir(), 'download-test-'));
  site = await startSite();
});

afterEach(async () => {
  site.close();
  await rm(raw, { recursive: true });
});

async function download(args: readonly string[] = [], context = recordingContext()) {
  const address = args.includes('--tmdb-url') ? [] : ['--tmdb-url', site.origin];
  const given = ['--raw', raw, '--dataset', 'ml-test', '--movielens-url', site.origin, '--rate', '1000', ...address, ...args];
  await run(given, context);
  return context;
}

const table = async (name: string) => parseRecords(await readFile(join(raw, name), 'utf8'));
const metadataIds = async () => (await table('tmdb/tmdb_metadata.csv')).slice(1).map(([id]) => Number(id));

describe('TMDb', () => {
  const withKey = (...args: string[]) => download(['--tmdb-key', key, ...args]);

  test('the columns of the catalog are written, one row per movie and one row per service', async () => {
    site.zip = archive([22, 11, '', 22]);
    await withKey();
    const [header, first, ...rest] = await table('tmdb/tmdb_metadata.csv');
    expect(header?.join()).toBe(
      'tmdb_id,imdb_id,title,original_language,release_date,runtime,genres,overview,tagline,keywords,director,cast_top,certification,' +
        'popularity,vote_average,vote_count,poster_path,backdrop_path,original_title,alternative_titles,collection,' +
        'status,adult,production_countries,production_companies,spoken_languages,trailer_key,people',
    );
    expect(first).toEqual([
      ...['11', 'tt0000011', 'Film "11", The', 'sv', '1991-02-03', '90', 'Drama|Science Fiction', 'Line one.\nLine two.', ''],
      ...['sea/shore|lamp', 'Dee', 'Actor 0|Actor 1|Actor 2|Actor 3|Actor 4', 'PG', '1.5', '6.25', '12', '/p.jpg', ''],
      ...['Filmen 11', 'Der/Film|Le film', 'Films Collection'],
      ...['Released', '0', 'SE|NO', 'Film/House', 'sv', 'trailer-new'],
      `${[0, 1, 2, 3, 4, 5].map((n) => `ACTOR:${70 + n}:Actor ${n}|`).join('')}DIRECTOR:80:Dee|WRITER:81:Wye`,
    ]);
    expect(rest.map(([id]) => id)).toEqual(['22']);
    const offers = [
      ['rent', '2', 'Apple TV'],
      ['subscription', '8', 'Netflix'],
      ['subscription', '337', 'Disney Plus'],
    ];
    expect(await table('providers/availability.csv')).toEqual([
      ['tmdb_id', 'region', 'kind', 'provider_id', 'service', 'since', 'left_at'],
      ...['11', '22'].flatMap((id) => offers.map((offer) => [id, 'US', ...offer, '2026-03-04', ''])),
    ]);
    expect(await readdir(join(raw, 'tmdb'))).toEqual(['tmdb_metadata.csv', 'tmdb_metadata.csv.stage.json']);
  });

  test('a short key goes into the query, a token into a header', async () => {
    await withKey('--limit', '1');
    const sent = site.requests.find(({ path }) => path === '/3/movie/11');
    expect(sent?.authorization).toBeUndefined();
    expect(Object.fromEntries(new URL(sent?.url ?? '', site.origin).searchParams)).toEqual({
      append_to_response: 'alternative_titles,credits,keywords,release_dates,videos,watch/providers',
      api_key: key,
    });
    site.requests = [];
    await download(['--force', '--limit', '1'], recordingContext({ tmdbKey: 'eyJh.eyJi.c-_d' }));
    const second = site.requests.find(({ path }) => path === '/3/movie/11');
    expect(second?.authorization).toBe('Bearer eyJh.eyJi.c-_d');
    expect(second?.url).not.toContain('api_key');
  });

  test('another region gives its own services and certification, beside those of the first', async () => {
    await withKey('--limit', '1');
    await withKey('--limit', '1', '--region', 'de');
    expect((await table('tmdb/tmdb_metadata.csv'))[1]?.[12]).toBe('12');
    expect((await table('providers/availability.csv')).slice(1).map((row) => row.slice(1, 5).join())).toEqual([
      'DE,subscription,30,Sky',
      'US,rent,2,Apple TV',
      'US,subscription,8,Netflix',
      'US,subscription,337,Disney Plus',
    ]);
  });

  test('429, 500, a slow answer and half a body are tried again; 429 waits for the time of Retry-After', async () => {
    const trouble = new Map<string, Answer[]>([
      ['/3/movie/11', [(_, response) => void response.writeHead(429, { 'retry-after': '7' }).end()]],
      [
        '/3/movie/22',
        [
          (_, response) => void response.writeHead(500).end(),
          (_, response) => void response.writeHead(200, { 'content-length': 999 }).write('{"id":', () => response.destroy()),
          (_, response) => void response.end('{"id": 22, "title"'),
        ],
      ],
      [
        '/3/movie/33',
        [
          async (request, response) => {
            await delay(300);
            site.serve(request, response);
          },
        ],
      ],
    ]);
    site.answer = (request, response) => (trouble.get(pathOf(request))?.shift() ?? site.serve)(request, response);
    let time = Date.parse('2026-03-04');
    const pauses: number[] = [];
    const context = recordingContext({
      now: () => new Date(time),
      sleep: async (milliseconds) => {
        pauses.push(milliseconds);
        time += milliseconds;
        // Like a real pause, lets the other requests run.
        await delay(1);
      },
    });
    await download(['--tmdb-key', key], context);
    expect(await metadataIds()).toEqual([11, 22, 33]);
    expect([site.asked('/3/movie/11'), site.asked('/3/movie/22'), site.asked('/3/movie/33')]).toEqual([2, 4, 1]);
    expect(pauses).toContain(7000);
    expect(pauses.filter((pause) => [500, 1000, 2000].includes(pause))).toEqual([500, 1000, 2000]);
  });

  test('a movie that no longer exists is not a failure, and a resumed run does not request it again', async () => {
    site.answer = (request, response) =>
      request.url?.startsWith('/3/movie/22') ? void response.writeHead(404).end() : site.serve(request, response);
    const { lines } = await withKey();
    expect(await metadataIds()).toEqual([11, 33]);
    expect(lines).toContain('  1 movies no longer exist on TMDb');
  });

  test('failed movies are listed and the others are kept; the next run requests only the failed ones', async () => {
    site.answer = (request, response) => {
      const path = request.url ?? '';
      if (path.startsWith('/3/movie/22')) response.writeHead(503).end();
      else if (path.startsWith('/3/movie/33')) response.end('{"id": 34}');
      else site.serve(request, response);
    };
    await expect(withKey()).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/^1 of 3 movies could not be fetched: 22 \(HTTP 503\); /),
    });
    expect(await metadataIds()).toEqual([11]);
    expect(await readFile(join(raw, 'tmdb/failed-ids.txt'), 'utf8')).toBe('22\tHTTP 503\n33\tthe response is about movie 34\n');
    site.answer = site.serve;
    site.requests = [];
    await withKey();
    expect(await metadataIds()).toEqual([11, 22, 33]);
    expect(site.requests.map(({ path }) => path).sort()).toEqual(['/3/movie/22', '/3/movie/33']);
    site.requests = [];
    expect((await withKey()).lines.at(-1)).toMatch(/^\[fresh\] TMDb metadata of ml-test: /);
    expect(site.requests).toEqual([]);
    expect(await readdir(join(raw, 'tmdb'))).toEqual(['tmdb_metadata.csv', 'tmdb_metadata.csv.stage.json']);
  });

  test('a rejected key is one error at once, and no output contains the key', async () => {
    site.zip = archive(Array.from({ length: 200 }, (_, index) => index + 1));
    site.answer = (request, response) =>
      request.url?.startsWith('/3/') ? void response.writeHead(401).end(`Invalid API key: ${key}`) : site.serve(request, response);
    const context = recordingContext();
    const error = await download(['--tmdb-key', key], context).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'CliError', exitCode: 1, message: expect.stringMatching(/^TMDb rejects the key \(HTTP 401\)/) });
    expect(site.asked('/3/')).toBeLessThanOrEqual(10);
    expect(`${String(error)}${context.lines.join('')}`).not.toContain(key);
  });

  test('an address that cannot be reached is an error without the key', async () => {
    await download();
    const gone = await startSite();
    gone.close();
    await expect(withKey('--tmdb-url', gone.origin)).rejects.toThrow(/3 of 3 movies could not be fetched: 11 \(ECONNREFUSED\)/);
  });

  test('an error that quotes the URL shows no key, and neither does the list of failed movies', async () => {
    await download();
    const context = recordingContext({
      fetch: (url) => Promise.reject(new Error(`cannot reach ${String(url)}`)),
    });
    await expect(download(['--tmdb-key', key], context)).rejects.toThrow(/11 \(cannot reach http.*api_key=\*\*\*/);
    expect(await readFile(join(raw, 'tmdb/failed-ids.txt'), 'utf8')).not.toContain(key);
  });

  test('rows of other data sets stay', async () => {
    await mkdir(join(raw, 'tmdb'));
    await writeFile(join(raw, 'tmdb/tmdb_metadata.csv'), 'tmdb_id,title\n5,"Kept, too"\n11,Replaced\n');
    await mkdir(join(raw, 'providers'));
    const before =
      'tmdb_id,region,kind,provider_id,service,since,left_at\r\n11,US,free,1,Gone,2026-01-01,\r\n9,US,rent,1,Stays,2026-01-01,\r\n';
    await writeFile(join(raw, 'providers/availability.csv'), before);
    await withKey('--limit', '1');
    expect((await table('tmdb/tmdb_metadata.csv')).map((row) => row.slice(0, 3))).toEqual([
      ['tmdb_id', 'imdb_id', 'title'],
      ['5', '', 'Kept, too'],
      ['11', 'tt0000011', 'Film "11", The'],
    ]);
    expect((await table('providers/availability.csv')).slice(1).map((row) => [row[0], ...row.slice(4)].join(' '))).toEqual([
      '9 Stays 2026-01-01 ',
      '11 Gone 2026-01-01 2026-03-04',
      '11 Apple TV 2026-03-04 ',
      '11 Netflix 2026-03-04 ',
      '11 Disney Plus 2026-03-04 ',
    ]);
  });

  test('an answer that cannot be used does not fail the run, and the next run is complete without it', async () => {
    site.answer = (request, response) =>
      pathOf(request) === '/3/movie/33' ? void response.end('{"id": 34}') : site.serve(request, response);
    const { lines } = await withKey();
    expect(lines.join()).toContain('1 answers of TMDb cannot be used and are left out, for example of 33 (the response is about movie 34)');
    expect(await metadataIds()).toEqual([11, 22]);
    expect(await readFile(join(raw, 'tmdb/failed-ids.txt'), 'utf8')).toBe('33\tthe response is about movie 34\n');
    site.requests = [];
    expect((await withKey()).lines.at(-1)).toMatch(/^\[fresh\] TMDb metadata of ml-test: /);
    expect(site.requests).toEqual([]);
  });

  test('a server without a single usable answer fails the run', async () => {
    site.answer = (request, response) => (pathOf(request).startsWith('/3/') ? void response.end('{}') : site.serve(request, response));
    await expect(withKey()).rejects.toThrow('TMDb has no usable answer for any of 3 movies (11: unexpected response');
  });

  test('the older record of a movie that fails now stays', async () => {
    await mkdir(join(raw, 'tmdb'));
    await writeFile(join(raw, 'tmdb/tmdb_metadata.csv'), 'tmdb_id,title\n22,Older\n');
    site.answer = (request, response) =>
      pathOf(request) === '/3/movie/22' ? void response.writeHead(418).end() : site.serve(request, response);
    expect((await withKey()).lines.join()).toContain('1 answers of TMDb cannot be used and are left out, for example of 22 (HTTP 418)');
    expect((await table('tmdb/tmdb_metadata.csv')).slice(1).map(([id, , title]) => [id, title])).toEqual([
      ['11', 'Film "11", The'],
      ['22', 'Older'],
      ['33', 'Film "33", The'],
    ]);
  });

  test('a killed run continues without requesting again what it had', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => index + 1);
    await mkdir(join(raw, 'ml-test'));
    await writeFile(join(raw, 'ml-test/links.csv'), links(ids));
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const args = ['download', '--raw', raw, '--dataset', 'ml-test', '--tmdb-url', site.origin, '--rate', '200'];
    const child = spawn(process.execPath, [main, ...args], { env: { TMDB_API_KEY: key }, stdio: 'ignore' });
    site.answer = async (request, response) => {
      if (site.asked('/3/movie/') === 60) child.kill('SIGKILL');
      await delay(20);
      site.serve(request, response);
    };
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(existsSync(join(raw, 'tmdb/tmdb_metadata.csv'))).toBe(false);
    const journal = join(raw, 'tmdb/tmdb_metadata.partial.jsonl');
    const complete = (await readFile(journal, 'utf8')).split('\n').slice(1, -1);
    const journalled = complete.map((line) => (JSON.parse(line) as { id: number }).id);
    expect(journalled.length).toBeGreaterThan(20);
    // As if the process had been killed in the middle of a write.
    await writeFile(journal, `${await readFile(journal, 'utf8')}{"id":119,"fields":["11`);
    site.answer = site.serve;
    site.requests = [];
    const { lines } = await withKey();
    expect(lines).toContain(`  ${journalled.length} of 120 were fetched by an earlier run`);
    const askedAgain = site.requests.map(({ path }) => Number(path.slice(9)));
    expect(askedAgain.sort((a, b) => a - b)).toEqual(ids.filter((id) => !journalled.includes(id)));
    expect(await metadataIds()).toEqual(ids);
  });
});

test.each([
  [['--region', 'USA'], /--region takes a country code of two letters/],
  [['--region', 'QX'], /--region takes a country code of two letters/],
  [['--rate', '0'], /--rate takes a whole number from 1/],
  [['--tmdb-url', 'ftp://x'], /--tmdb-url takes an http\(s\) URL/],
])('%j is a usage error', async (args, message) => {
  await expect(run(['--raw', raw, ...args], recordingContext())).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(message),
  });
});

test('a data set name that is a path is a usage error', async () => {
  await expect(run(['--raw', raw, '--dataset', '../x'], recordingContext())).rejects.toMatchObject({ exitCode: 2 });
});
