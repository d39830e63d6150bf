import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { pushNewsContract } from './push-news.contract.ts';

let databases = 0;

describe('messages to browsers on SQLite', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());
  pushNewsContract(async () => ({ kind: 'sqlite', file: join(folder.path, `${++databases}.sqlite`) }));
});

const { path: postgresPath, hint } = findPostgres();
describe.skipIf(postgresPath === undefined)(`messages to browsers on PostgreSQL (${hint})`, () => {
  let postgres: RealPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(postgresPath ?? '');
  });
  afterAll(() => postgres?.stop());
  pushNewsContract(async () => ({ kind: 'postgres', url: await postgres.createDatabase(`push${++databases}`), poolSize: 3 }));
});
