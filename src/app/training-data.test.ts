import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp } from '../../test/accounts-app.ts';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { type DatabaseSettings, withDatabase } from '../database/database.ts';
import { NO_PREFERENCES } from '../library/library-store.ts';
import { writeTrainingData } from './training-data.ts';

const at = new Date('2026-01-02T03:04:05Z');
const movie = (id: number) => ({ movieId: movieIdOf(id), title: `Film ${id}`, sortTitle: `film ${id}`, year: 2000 });
const program = findPostgres();
let folder: TemporaryFolder;
let postgres: RealPostgres | undefined;
beforeAll(async () => {
  folder = await temporaryFolder();
  if (program.path !== undefined) postgres = await startPostgres(program.path);
});
afterAll(async () => {
  await postgres?.stop();
  await folder.remove();
});

function trainingDataContract(name: string, settings: () => Promise<DatabaseSettings>): void {
  describe(`training data of ${name}`, () => {
    let place: string;
    let server: AccountsApp;
    const ids: Record<string, string> = {};

    beforeAll(async () => {
      place = join(folder.path, `${name}.csv`);
      server = await accountsApp({}, await settings());
      const { library, database } = server;
      for (const person of ['Ann', 'Bob', 'Cid', 'Dan', 'Eve']) ids[person] = await server.visitor().signUp(person);
      ids.guest = await server.visitor().beGuest();
      for (const [person, id] of Object.entries(ids)) {
        if (person !== 'Eve') await library.setFeedback(id, movieIdOf(7), person === 'Dan' ? 'NOT_INTERESTED' : 'LIKE', at);
      }
      await library.setPreferences(ids.Bob ?? '', { ...NO_PREFERENCES, learnFromMe: false });
      await database.kysely.updateTable('cinematch_user').set({ banned: true }).where('id', '=', ids.Cid).execute();
      const ann = ids.Ann ?? '';
      await library.setFeedback(ann, movieIdOf(1), 'DISLIKE', at);
      await library.setFeedback(ann, movieIdOf(2), 'NOT_INTERESTED', at);
      await library.history.rate(ann, movie(3), 2.5, null, at);
      await library.history.rate(ann, movie(4), 5, 'LIKE', at);
      await library.history.rate(ann, movie(5), 3.5, null, at);
      await library.setFeedback(ann, movieIdOf(5), 'LIKE', at);
      await library.addToWatchlist(ann, movie(6), at);
      await library.addToWatchlist(ann, movie(-8), at);
      await library.setWatched(ann, [movieIdOf(-8)], true, at);
      await library.history.addPlay(ann, movie(9), null);
      const known = { movie_id: movieIdOf(3), tmdb_id: 603, imdb_id: 133_093 };
      await database.kysely.insertInto('cinematch_movie_ids').values(known).execute();
    });
    afterAll(() => server.stop());

    it('has a row for each opinion of a viewer who takes part, on the scale of MovieLens, with days and no names', async () => {
      const before = await server.database.kysely.selectFrom('cinematch_feedback').selectAll().execute();
      expect(await writeTrainingData(server.database, place)).toEqual({ viewers: 1, rows: 7, declined: 1 });
      const text = await readFile(place, 'utf8');
      const [header, ...lines] = text.trimEnd().split('\r\n');
      expect(header).toBe('viewer,movieId,tmdbId,imdbId,rating,day');
      const [viewer = ''] = lines[0]?.split(',') ?? [];
      expect(viewer).toMatch(/^[0-9a-f]{16}$/);
      expect(lines).toEqual(
        [
          ',8,,3,2026-01-02',
          '1,,,1.5,2026-01-02',
          '3,603,133093,2.5,2026-01-02',
          '4,,,5,2026-01-02',
          '5,,,4.5,2026-01-02',
          '7,,,4.5,2026-01-02',
          '9,,,3,',
        ].map((line) => `${viewer},${line}`),
      );
      for (const id of Object.values(ids)) expect(text).not.toContain(id);
      expect((await stat(place)).mode & 0o777).toBe(0o600);
      expect(await server.database.kysely.selectFrom('cinematch_feedback').selectAll().execute()).toEqual(before);
      // Another file has other names, and takes the place of the earlier one.
      await writeTrainingData(server.database, place);
      expect(await readFile(place, 'utf8')).not.toContain(viewer);
    });

    it('does not replace a file that is something else', async () => {
      const other = join(folder.path, `${name}-other.csv`);
      for (const content of ['', 'userId,movieId,rating\n']) {
        await writeFile(other, content);
        await expect(writeTrainingData(server.database, other)).rejects.toThrow(`${other} is there already and holds no training data`);
        expect(await readFile(other, 'utf8')).toBe(content);
      }
    });
  });
}

trainingDataContract('SQLite', async () => ({ kind: 'sqlite', file: join(folder.path, 'training.sqlite') }));
describe.skipIf(program.path === undefined)(`with PostgreSQL (${program.hint})`, () => {
  trainingDataContract('PostgreSQL', async () => ({
    kind: 'postgres',
    url: (await postgres?.createDatabase('training')) ?? '',
    poolSize: 4,
  }));
});

it('needs a database with every migration', async () => {
  const settings: DatabaseSettings = { kind: 'sqlite', file: join(folder.path, 'empty.sqlite') };
  const written = withDatabase(settings, (database) => writeTrainingData(database, join(folder.path, 'none.csv')));
  await expect(written).rejects.toThrow('run npm run db -- migrate first');
});
