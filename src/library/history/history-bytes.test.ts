import { describe, expect, it } from 'vitest';
import { makeZip } from '../../../test/zip-fixture.ts';
import { type HistoryFile, readHistoryFiles } from './history-files.ts';
import type { HistoryRow } from './history-row.ts';
import { readInThread } from './history-thread.ts';
import { MAX_EXPANDED_BYTES } from './history-zip.ts';
import type { ReadOptions } from './read-options.ts';

const file = (name: string, content: string | Uint8Array, options: ReadOptions = {}): HistoryFile => ({ name, content, options });

const zipFixture = (files: Record<string, string | Buffer>): Buffer =>
  makeZip(Object.entries(files).map(([name, content]) => ({ name, content, compressed: true })));

function shortly({ title, year, rating, watched, watchedAt, listed, feedback, problem, imdbId, tmdbId }: HistoryRow) {
  const date = watchedAt?.toISOString().slice(0, 10) ?? null;
  const does = [rating, watched ? (date ?? 'watched') : null, listed ? 'listed' : null, feedback, problem].filter((one) => one !== null);
  return [title, year, imdbId ?? tmdbId, ...does].filter((one) => one !== null);
}

describe('the bytes of a file', () => {
  const text = 'Date,Name,Year,Letterboxd URI,Rating\n2023-04-05,Amélie,2001,u,5\n2023-04-06,Léon,1994,u,4\n';
  const utf16 = (bigEndian: boolean): Buffer => {
    const bytes = Buffer.from(text, 'utf16le');
    return bigEndian ? bytes.swap16() : bytes;
  };
  const expected = [
    ['Amélie', 2001, 5, 'watched'],
    ['Léon', 1994, 4, 'watched'],
  ];

  it.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 with a byte order mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(false)])],
    ['UTF-16 in the other order', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(true)])],
    ['UTF-16 without a mark', utf16(false)],
    ['Windows-1252', Buffer.from(text, 'latin1')],
    ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
    ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ['a line that states the delimiter', Buffer.from(`sep=;\r\n${text.replaceAll(',', ';')}`)],
    ['CR only', Buffer.from(text.replaceAll('\n', '\r'))],
  ])('are read in %s', async (_what, content) => {
    const [{ history }] = await readHistoryFiles([file('ratings.csv', content)]);
    expect(history?.rows.map(shortly)).toEqual(expected);
  });

  it.each(['Position,Const,Created,Title\n1,tt0113277,2020-01-01,Heat\n', 'xK,title\n,Heat\n'])(
    'are a zip only when they begin as one: %j',
    async (csv) => {
      const [{ history, problem }] = await readHistoryFiles([file('x.csv', Buffer.from(csv))]);
      expect([problem, history?.rows.map(({ title }) => title)]).toEqual([null, ['Heat']]);
    },
  );

  it('are read in Windows-1251', async () => {
    const cyrillic = (words: string): number[] =>
      [...words].map((letter) => {
        const code = letter.charCodeAt(0);
        return code >= 0x410 && code <= 0x44f ? code - 0x350 : code;
      });
    const titles = ['Схватка', 'Сталкер', 'Солярис', 'Зеркало', 'Андрей Рублев', 'Жертвоприношение', 'Ностальгия', 'Иваново детство'];
    const content = Uint8Array.from(cyrillic(`Название;Год;Оценка\n${titles.map((title) => `${title};1979;9\n`).join('')}`));
    const [{ history }] = await readHistoryFiles([file('votes.csv', content)]);
    expect(history?.rows.map(({ title }) => title)).toEqual(titles);
  });

  it('are unpacked from a zip: every history in it, and nothing that was deleted', async () => {
    const zip = zipFixture({
      'ratings.csv': text,
      'watchlist.csv': 'Date,Name,Year,Letterboxd URI\n2023-04-05,Ran,1985,u\n',
      'likes/films.csv': 'Date,Name,Year,Letterboxd URI\n2023-04-05,Heat,1995,u\n',
      'lists/best.csv':
        'Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2023-04-05,Best,,u,\n\nPosition,Name,Year,URL,Description\n1,Heat,1995,u,\n',
      'deleted/diary.csv': 'Date,Name\n',
      'profile.csv': 'Date Joined,Username\n',
      'broken.csv': 'a,b\n',
      'poster.jpg': 'x',
    });
    const files = await readHistoryFiles([file('letterboxd.zip', zip)]);
    expect(new Set(files.map(({ archive }) => archive))).toEqual(new Set(['letterboxd.zip']));
    expect(files.map(({ name, problem, history }) => [name, problem ?? history?.rows.map(({ row }) => row)])).toEqual([
      ['ratings.csv', [1, 2]],
      ['watchlist.csv', [3]],
      ['likes/films.csv', [4]],
      ['broken.csv', expect.stringMatching('is no file of a known site; the first line has a, b;')],
      ['lists/best.csv', []],
    ]);
    const answers = [{ name: 'lists/best.csv', options: { rowsMean: 'LIKED' } }] as const;
    const answered = await readHistoryFiles([{ ...file('letterboxd.zip', zip), entries: answers }]);
    expect(answered.at(-1)?.history?.rows.map(shortly)).toEqual([['Heat', 1995, 'LIKE']]);
  });

  it('of a zip of Trakt are its histories, and lists that are asked about', async () => {
    const movie = { title: 'Heat', year: 1995, ids: { tmdb: 949 } };
    const listed = { listed_at: '2023-04-05T20:00:00Z', type: 'movie', movie };
    const zip = zipFixture(
      Object.fromEntries(
        Object.entries({
          'lists-list-9-best.json': [listed],
          'lists-favorites.json': [listed],
          'lists-lists.json': [{ name: 'Best', ids: { trakt: 9 } }],
          'lists-watchlist.json': [listed],
          'watched-history-1.json': [{ watched_at: '2023-04-05T20:00:00Z', type: 'movie', movie }],
          'ratings-shows.json': [],
          'collection-movies-1.json': [{ collected_at: '2023-04-05T20:00:00Z', movie }],
          'comments-movies.json': [{ comment: {}, type: 'movie', movie }],
          'user-profile.json': { username: 'x' },
          'stats.json': [{ movies: 1 }],
          '_errors.json': [],
        }).map(([name, value]) => [name, JSON.stringify(value)]),
      ),
    );
    const files = await readHistoryFiles([file('trakt.zip', zip)]);
    expect(files.map(({ name, problem, history }) => [name, problem ?? history?.questions ?? null, history?.rows.length])).toEqual([
      ['lists-favorites.json', ['ROW_MEANING'], 0],
      ['lists-watchlist.json', [], 1],
      ['watched-history-1.json', [], 1],
      ['ratings-shows.json', [], 0],
      ['stats.json', 'is JSON without films; exports of Trakt, Simkl and CineMatch are taken', undefined],
      ['lists-list-9-best.json', ['ROW_MEANING'], 0],
    ]);
  });

  it('are refused when a zip is damaged, has no history, or unpacks to more than is allowed', async () => {
    const bomb = zipFixture({ 'a.csv': Buffer.alloc(MAX_EXPANDED_BYTES + 1, 'a,') });
    expect(bomb.length).toBeLessThan(1_000_000);
    const problems = await readHistoryFiles([
      file('empty.zip', zipFixture({ 'a.jpg': 'x' })),
      file('nested.zip', zipFixture({ 'ratings.ZIP': 'x' })),
      file('cut.zip', zipFixture({ 'ratings.csv': text }).subarray(0, 60)),
      file('bomb.zip', bomb),
    ]);
    expect(problems.map(({ problem }) => problem)).toEqual([
      'is a zip without a CSV or JSON file that has a history',
      'holds another zip and no history; unpack it, and import the zip within',
      'is a damaged or encrypted zip; download it again',
      'has more than 64 MB with all files unpacked',
    ]);
  });

  it('are read in a thread that ends when the time is up', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `2023-04-05,Movie ${i},1995,u,4\n`).join('');
    const large = file('ratings.csv', Buffer.from(`Date,Name,Year,Letterboxd URI,Rating\n${rows}`));
    const [{ history }] = await readInThread([large], () => undefined);
    expect(history?.rows).toHaveLength(50_000);
    let checks = 0;
    const stopped = readInThread([large], () => {
      if (++checks > 1) throw new Error('time is up');
    });
    await expect(stopped).rejects.toThrow('time is up');
  });
});
