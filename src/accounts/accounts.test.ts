import { afterAll, beforeAll, describe } from 'vitest';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import type { DatabaseSettings } from '../database/database.ts';
import { accountSafetyContract } from './account-safety.contract.ts';
import { accountsContract } from './accounts.contract.ts';
import { mailContract } from './mail.contract.ts';
import { operatorRulesContract } from './operator-rules.contract.ts';
import { ownershipContract } from './ownership.contract.ts';

const CONTRACTS = {
  accounts: accountsContract,
  safety: accountSafetyContract,
  ownership: ownershipContract,
  mail: mailContract,
  rules: operatorRulesContract,
};

for (const [name, contract] of Object.entries(CONTRACTS)) describe(`accounts on SQLite: ${name}`, () => contract(async () => undefined));

const { path: postgresPath, hint } = findPostgres();
describe.skipIf(postgresPath === undefined)(`accounts on PostgreSQL (${hint})`, () => {
  let postgres: RealPostgres;
  beforeAll(async () => {
    postgres = await startPostgres(postgresPath ?? '');
  });
  afterAll(() => postgres?.stop());
  let databases = 0;
  const databaseOf = async (name: string): Promise<DatabaseSettings> => ({
    kind: 'postgres',
    url: await postgres.createDatabase(`${name}${++databases}`),
    poolSize: 5,
  });
  for (const [name, contract] of Object.entries(CONTRACTS)) describe(name, () => contract(() => databaseOf(name)));
});
