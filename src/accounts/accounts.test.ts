import { afterAll, describe } from 'vitest';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { accountsContract } from './accounts.contract.ts';

describe('accounts on SQLite', () => accountsContract(async () => undefined));

const { path: postgresPath, hint } = findPostgres();
describe.skipIf(postgresPath === undefined)(`accounts on PostgreSQL (${hint})`, () => {
  let postgres: RealPostgres;
  afterAll(() => postgres?.stop());
  accountsContract(async () => {
    postgres = await startPostgres(postgresPath ?? '');
    return { kind: 'postgres', url: await postgres.createDatabase('accounts'), poolSize: 5 };
  });
});
