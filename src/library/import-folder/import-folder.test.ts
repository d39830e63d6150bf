import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from '../../../test/fixture-release.ts';
import { NO_METRICS } from '../../../test/recording-metrics.ts';
import { emptyLibrary } from '../../../test/running-app.ts';
import type { Snapshot } from '../../recommendations/snapshot.ts';
import { ServiceError } from '../../service-error.ts';
import { MAX_EXPANDED_BYTES } from '../history/history-zip.ts';
import type { LibraryStore } from '../library-store.ts';
import { ImportFolder } from './import-folder.ts';

const RATINGS = 'Date,Name,Year,Letterboxd URI,Rating\n2024-05-01,The Matrix,1999,x,4.5\n2024-05-02,No Such Film,1901,x,5\n';

describe('the import folder', () => {
  let place: TemporaryFolder;
  let root: string;
  let ann: string;
  let snapshot: Snapshot;
  let library: LibraryStore;
  let logged: { level: string; message: string; about: object }[];
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
  });
  beforeEach(async () => {
    place = await temporaryFolder();
    root = join(place.path, 'import');
    ann = join(root, 'ann@films.example');
    await mkdir(ann, { recursive: true });
    library = await emptyLibrary();
    logged = [];
  });
  afterEach(() => place.remove());
  afterAll(() => undefined);

  const folder = (more: Partial<ConstructorParameters<typeof ImportFolder>[0]> = {}): ImportFolder => {
    const note = (level: string) => (about: object, message: string) => void logged.push({ level, message, about });
    return new ImportFolder({
      root,
      library,
      metrics: NO_METRICS,
      snapshot: () => snapshot,
      accountNamed: async (name) => (name === 'ann@films.example' || name === 'id-of-ann' ? 'ann' : undefined),
      log: { info: note('info'), warn: note('warn'), error: note('error') },
      quietMs: -10,
      staleMs: -10,
      ...more,
    });
  };
  const stars = async () => (await library.history.allRatings('ann')).map((rating) => rating.stars);
  const namesIn = async (name: string) => (await readdir(join(ann, name))).map((one) => one.replace(/^[\da-f]{8}-/, ''));
  const reportIn = async (name: string) => {
    const [file] = (await readdir(join(ann, name))).filter((one) => one.endsWith('.report.json'));
    return JSON.parse(await readFile(join(ann, name, file), 'utf8'));
  };

  it('imports a file once, and moves it to "done" with its report', async () => {
    await writeFile(join(ann, 'ratings.csv'), RATINGS);
    const watched = folder();
    await watched.look();
    await watched.look();
    expect(await stars()).toEqual([4.5]);
    expect(await library.history.imports('ann')).toMatchObject([{ files: ['ratings.csv'], rowCount: 2 }]);
    expect([await readdir(ann), await namesIn('done'), await namesIn('.working')]).toEqual([
      ['.working', 'done'],
      ['ratings.csv', 'ratings.csv.report.json'],
      [],
    ]);
    expect(await reportIn('done')).toMatchObject({
      file: 'ratings.csv',
      profile: 'ann@films.example',
      rowCount: 2,
      movieCount: 1,
      takenCount: 1,
      notFound: [{ row: 2, title: 'No Such Film', problem: 'UNKNOWN_MOVIE' }],
      changes: { ratings: 1, likes: 1 },
      files: [{ source: 'LETTERBOXD_RATINGS', rowCount: 2 }],
    });
    expect(logged.map(({ level, message }) => [level, message])).toEqual([['info', 'a file was imported']]);
  });

  it('leaves removed what the viewer has removed since the last file', async () => {
    const watched = folder();
    await writeFile(join(ann, 'monday.csv'), RATINGS);
    await watched.look();
    const [{ movieId }] = await library.wholeWatchlist('ann');
    await library.removeFromWatchlist('ann', [movieId]);
    await writeFile(join(ann, 'tuesday.csv'), RATINGS);
    await watched.look();
    expect([await stars(), await library.wholeWatchlist('ann')]).toEqual([[4.5], []]);
  });

  it('takes the name of a folder for an e-mail address or an id', async () => {
    await mkdir(join(root, 'id-of-ann'));
    await writeFile(join(root, 'id-of-ann', 'ratings.csv'), RATINGS);
    await folder().look();
    expect(await stars()).toEqual([4.5]);
  });

  it('moves a file that cannot be read to "failed", with what is wrong', async () => {
    await writeFile(join(ann, 'notes.csv'), 'a,b\n1,2\n');
    await folder().look();
    expect(await namesIn('failed')).toEqual(['notes.csv', 'notes.csv.report.json']);
    expect((await reportIn('failed')).problem).toContain('is no file of a known site');
    expect(await library.history.imports('ann')).toEqual([]);
  });

  it('waits until a file is whole', async () => {
    for (const name of ['ratings.csv.part', '.ratings.csv.swp', 'ratings.csv.crdownload', 'ratings.csv~'])
      await writeFile(join(ann, name), RATINGS);
    await writeFile(join(ann, 'growing.csv'), RATINGS);
    await folder({ quietMs: 60_000 }).look();
    expect(await stars()).toEqual([]);
    await rename(join(ann, 'ratings.csv.part'), join(ann, 'ratings.csv'));
    // An old time of the file itself does not matter: it was renamed just now.
    await utimes(join(ann, 'ratings.csv'), 1, 1);
    await folder({ quietMs: 60_000 }).look();
    expect(await stars()).toEqual([]);
    await folder().look();
    expect(await stars()).toEqual([4.5]);
    expect((await readdir(ann)).sort()).toEqual(['.ratings.csv.swp', '.working', 'done', 'ratings.csv.crdownload', 'ratings.csv~']);
  });

  it('refuses a file of one byte more than is read', async () => {
    await writeFile(join(ann, 'ratings.csv'), RATINGS);
    await truncate(join(ann, 'ratings.csv'), MAX_EXPANDED_BYTES + 1);
    await folder().look();
    expect((await reportIn('failed')).problem).toBe(`has ${MAX_EXPANDED_BYTES + 1} bytes; at most ${MAX_EXPANDED_BYTES} are allowed`);
    expect(await stars()).toEqual([]);
  });

  it('refuses links, and says so once', async () => {
    const secret = join(place.path, 'secret.csv');
    await writeFile(secret, RATINGS);
    await symlink(secret, join(ann, 'link.csv'));
    await symlink(place.path, join(root, 'id-of-ann'));
    await mkdir(join(ann, 'folder.csv'));
    const watched = folder();
    await watched.look();
    await watched.look();
    expect(await stars()).toEqual([]);
    expect(existsSync(secret)).toBe(true);
    expect(logged.map(({ message }) => message).sort()).toEqual([
      'the import folder: is a link or a folder; only files are imported',
      'the import folder: is a link or a folder; only files are imported',
      'the import folder: is no folder; files belong into a folder that is named by the e-mail address or the id of an account',
    ]);
  });

  it('follows no link in place of its own folders, or of a file that it has taken', async () => {
    const elsewhere = join(place.path, 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, join(ann, '.working'));
    await writeFile(join(ann, 'ratings.csv'), RATINGS);
    await folder().look();
    expect([await readdir(elsewhere), await stars()]).toEqual([[], []]);
    await rename(join(ann, '.working'), join(place.path, 'moved'));
    await mkdir(join(ann, '.working'));
    await writeFile(join(elsewhere, 'secret.csv'), RATINGS);
    await symlink(join(elsewhere, 'secret.csv'), join(ann, '.working', '11111111-1111-4111-8111-111111111111.link.csv'));
    await folder().look();
    expect((await reportIn('failed')).problem).toBe('is a link; only files are imported');
    expect(await readdir(elsewhere)).toEqual(['secret.csv']);
  });

  it('leaves files for no account where they are', async () => {
    await mkdir(join(root, 'nobody'));
    await mkdir(join(root, '..nobody'));
    await writeFile(join(root, 'nobody', 'ratings.csv'), RATINGS);
    await writeFile(join(root, 'stray.csv'), RATINGS);
    await folder().look();
    expect(await readdir(join(root, 'nobody'))).toEqual(['ratings.csv']);
    expect(logged).toHaveLength(2);
  });

  it('is done by one of several servers', async () => {
    for (let n = 0; n < 20; n++) await writeFile(join(ann, `ratings-${n}.csv`), RATINGS);
    await Promise.all(Array.from({ length: 5 }, () => folder({ staleMs: 60_000 }).look()));
    expect(await library.history.imports('ann')).toHaveLength(20);
    expect((await namesIn('done')).filter((name) => !name.endsWith('.json'))).toHaveLength(20);
  });

  it('is taken over by one of several servers when a server ended', async () => {
    await mkdir(join(ann, '.working'));
    const ids = Array.from({ length: 20 }, (_, n) => `11111111-1111-4111-8111-1111111111${String(n + 10)}`);
    for (const [n, id] of ids.entries()) await writeFile(join(ann, '.working', `${id}.ratings-${n}.csv`), RATINGS);
    // Every server takes every file that it finds for abandoned.
    await Promise.all(Array.from({ length: 5 }, () => folder({ staleMs: -10 }).look()));
    expect(await library.history.imports('ann')).toHaveLength(20);
    expect(existsSync(join(ann, 'failed'))).toBe(false);
    expect((await namesIn('done')).filter((name) => !name.endsWith('.json'))).toHaveLength(20);
  });

  it('goes on where a server ended: before and after the import was stored', async () => {
    const id = '11111111-1111-4111-8111-111111111111';
    await mkdir(join(ann, '.working'));
    await writeFile(join(ann, '.working', `${id}.ratings.csv`), RATINGS);
    await folder({ staleMs: 60_000 }).look();
    expect(await stars()).toEqual([]);
    await folder().look();
    expect(await library.history.imports('ann')).toMatchObject([{ importId: id, undoneAt: null }]);
    await library.history.undoImport('ann', id, new Date());
    await writeFile(join(ann, '.working', `${id}.ratings.csv`), RATINGS);
    await folder().look();
    // Not again, although it was undone.
    expect(await stars()).toEqual([]);
    expect(await library.history.imports('ann')).toHaveLength(1);
    // The server had written the report, and not moved the file.
    expect(await reportIn('done')).toMatchObject({ rowCount: 2, movieCount: 1 });
    await rm(join(ann, 'done'), { recursive: true });
    await writeFile(join(ann, '.working', `${id}.ratings.csv`), RATINGS);
    await folder().look();
    expect(await reportIn('done')).toMatchObject({ note: 'The server ended before it wrote the report.' });
  });

  it('keeps a file for later while the database is away', async () => {
    await writeFile(join(ann, 'ratings.csv'), RATINGS);
    const away = {
      ...library,
      mergeHistory: () => Promise.reject(new ServiceError('UNAVAILABLE', 'away', new Error('gone'))),
    } as LibraryStore;
    await folder({ library: away }).look();
    expect([await stars(), existsSync(join(ann, 'failed')), (await readdir(join(ann, '.working'))).length]).toEqual([[], false, 1]);
    await folder().look();
    expect(await stars()).toEqual([4.5]);
  });

  it('takes names of any length and kind', async () => {
    for (const name of [`${'ü'.repeat(120)}.csv`, 'x..csv', '-rf.csv', 'a b;c$(d).csv', 'lists\\x.csv'])
      await writeFile(join(ann, name), RATINGS);
    await folder().look();
    expect(await library.history.imports('ann')).toHaveLength(5);
    expect(await readdir(ann)).toEqual(['.working', 'done']);
  });
});
