import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeZip } from '../../test/zip-fixture.ts';
import { links, startSite } from '../testing/fake-download-site.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run } from './download.ts';

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

describe('MovieLens', () => {
  test('the archive is verified and unpacked; without a key nothing else is downloaded', async () => {
    const { lines } = await download();
    expect((await readdir(join(raw, 'ml-test'))).sort()).toEqual(['links.csv', 'movies.csv']);
    expect(await readdir(raw)).toEqual(['ml-test']);
    expect(lines.at(-1)).toMatch(/^no TMDb key .* MovieLens only/);
    await download();
    expect(site.asked('/ml-test')).toBe(2);
  });

  test('a wrong MD5 is an error that names both sums, and nothing is kept', async () => {
    site.answer = (request, response) =>
      request.url?.endsWith('.md5') ? void response.end(`${'0'.repeat(32)}  ml-test.zip\n`) : site.serve(request, response);
    await expect(download()).rejects.toThrow(/has MD5 [0-9a-f]{32}, published is 0{32}/);
    expect(await readdir(raw)).toEqual([]);
  });

  test('continues where an earlier run stopped', async () => {
    await writeFile(join(raw, '.ml-test.zip.part'), site.zip.subarray(0, 100));
    await download();
    expect(site.requests.filter(({ path }) => path === '/ml-test.zip').map(({ range }) => range)).toEqual(['bytes=100-']);
    expect(existsSync(join(raw, 'ml-test/movies.csv'))).toBe(true);
  });

  test('starts again when the server cannot continue, and when the part belongs to another file', async () => {
    await writeFile(join(raw, '.ml-test.zip.part'), site.zip.subarray(0, 100));
    site.answer = (request, response) => {
      delete request.headers.range;
      site.serve(request, response);
    };
    await download();
    site.answer = site.serve;
    for (const part of [Buffer.alloc(100), Buffer.alloc(site.zip.length), Buffer.alloc(site.zip.length + 9)]) {
      await writeFile(join(raw, '.ml-test.zip.part'), part);
      await download(['--force']);
      expect(await readFile(join(raw, 'ml-test/links.csv'), 'utf8')).toBe(links([11, 22, 33]));
    }
  });

  test.each([true, false])('an archive that is too large is refused, its length announced: %s', async (announced) => {
    site.answer = (request, response) => {
      if (request.url !== '/ml-test.zip' || announced) return site.serve(request, response);
      response.writeHead(200);
      response.end(site.zip);
    };
    const context = { ...recordingContext(), maxArchiveBytes: site.zip.length - 1 };
    await expect(download([], context)).rejects.toThrow(
      `ml-test.zip: more than ${site.zip.length - 1} bytes; not a MovieLens archive, check --movielens-url`,
    );
    expect(site.requests.filter(({ path }) => path === '/ml-test.zip')).toHaveLength(1);
    expect(existsSync(join(raw, 'ml-test'))).toBe(false);
  });

  test('an archive of just the size that is allowed is taken', async () => {
    await download([], { ...recordingContext(), maxArchiveBytes: site.zip.length });
    expect((await readdir(join(raw, 'ml-test'))).sort()).toEqual(['links.csv', 'movies.csv']);
  });

  test('the file of the MD5 sum is read up to its greatest length', async () => {
    const padded = (bytes: number): void => {
      site.answer = (request, response) =>
        request.url?.endsWith('.md5')
          ? void response.end(`${createHash('md5').update(site.zip).digest('hex')} `.padEnd(bytes))
          : site.serve(request, response);
    };
    padded(10_241);
    await expect(download()).rejects.toThrow('ml-test.zip.md5: no MD5 sum found; check --movielens-url');
    padded(10_240);
    await download();
    expect((await readdir(join(raw, 'ml-test'))).sort()).toEqual(['links.csv', 'movies.csv']);
  });

  test('--force replaces the files of the archive and leaves other files alone', async () => {
    await download();
    await writeFile(join(raw, 'ml-test/notes.txt'), 'mine');
    await writeFile(join(raw, 'ml-test/links.csv'), 'old');
    await download(['--force']);
    expect(await readFile(join(raw, 'ml-test/notes.txt'), 'utf8')).toBe('mine');
    expect(await readFile(join(raw, 'ml-test/links.csv'), 'utf8')).toBe(links([11, 22, 33]));
  });

  test('a truncated body is continued', async () => {
    let broken = 0;
    site.answer = (request, response) => {
      if (request.url !== '/ml-test.zip' || broken++ > 0) return site.serve(request, response);
      response
        .writeHead(200, { 'content-length': site.zip.length })
        .write(site.zip.subarray(0, 150), () => setTimeout(() => response.destroy(), 50));
    };
    await download();
    expect(site.requests.filter(({ path }) => path === '/ml-test.zip').map(({ range }) => range)).toEqual([undefined, 'bytes=150-']);
    expect(existsSync(join(raw, 'ml-test/movies.csv'))).toBe(true);
  });

  test('a data set that does not exist is an error that says what to check', async () => {
    await download();
    site.answer = (_request, response) => void response.writeHead(404).end();
    await expect(download(['--force'])).rejects.toThrow(/ml-test\.zip: HTTP 404; no such data set/);
    expect(existsSync(join(raw, 'ml-test/movies.csv'))).toBe(true);
  });

  test.each([
    ['../evil.txt', 'a relative path'],
    ['ml-test/../../evil.txt', 'a path that climbs'],
    ['/tmp/evil.txt', 'an absolute path'],
    ['ml-test\\..\\evil.txt', 'backslashes'],
  ])('an archive with %s (%s) is refused and leaves nothing', async (name) => {
    site.zip = makeZip([
      { name: 'ml-test/movies.csv', content: 'movieId,title,genres\n' },
      { name, content: 'evil' },
    ]);
    await expect(download()).rejects.toMatchObject({ name: 'CliError' });
    expect((await readdir(raw)).filter((entry) => !entry.endsWith('.part'))).toEqual([]);
    expect(existsSync(join(raw, '..', 'evil.txt'))).toBe(false);
  });

  test('an archive with a link, without movies.csv, or that is not a zip is refused', async () => {
    const refused = async (content: Buffer, message: RegExp) => {
      site.zip = content;
      await rm(join(raw, '.ml-test.zip.part'), { force: true });
      await expect(download()).rejects.toThrow(message);
      expect(existsSync(join(raw, 'ml-test'))).toBe(false);
    };
    await refused(makeZip([{ name: 'ml-test/movies.csv', content: '/etc/passwd', mode: 0o120777 }]), /contains the link movies\.csv/);
    await refused(makeZip([{ name: 'ml-test/movies.dat', content: 'x' }]), /no movies\.csv in the archive \(found movies\.dat\)/);
    await refused(Buffer.from('<html>'), /not a zip archive/);
  });
});
