import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { mailContract } from './mail.contract.ts';

let databases = 0;

describe('mail on SQLite', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());
  mailContract(async () => ({ kind: 'sqlite', file: join(folder.path, `${++databases}.sqlite`) }));
});

const { path: postgresPath, hint } = findPostgres();
describe.skipIf(postgresPath === undefined)(`mail on PostgreSQL (${hint})`, () => {
  let postgres: RealPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(postgresPath ?? '');
  });
  afterAll(() => postgres?.stop());
  mailContract(async () => ({ kind: 'postgres', url: await postgres.createDatabase(`mail${++databases}`), poolSize: 3 }));
});
