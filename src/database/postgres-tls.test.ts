import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { findPostgres, type RealPostgres, startPostgres } from '../../test/real-servers/postgres.ts';
import { MIGRATIONS } from '../app/migrations.ts';
import { errorText } from '../error-text.ts';
import { backUp } from './backup.ts';
import { type DatabaseSettings, withDatabase } from './database.ts';
import { migrate } from './migrate.ts';

const program = findPostgres();

describe.skipIf(program.path === undefined)(`TLS to PostgreSQL${program.path === undefined ? ` (${program.hint})` : ''}`, () => {
  let folder: TemporaryFolder;
  let encrypted: RealPostgres;
  let plain: RealPostgres;
  let url: string;
  let plainUrl: string;
  let backups = 0;

  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: folder.path, stdio: 'pipe' });
  const path = (name: string): string => join(folder.path, name);
  /** A certificate of the test's own authority. */
  function certify(name: string, subject: string, extension: string): void {
    writeFileSync(path(`${name}.ext`), extension);
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
    const files = ['-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-out', `${name}.pem`, '-extfile', `${name}.ext`];
    openssl('x509', '-req', '-days', '2', '-CAcreateserial', ...files);
    // libpq refuses a key that others can read.
    chmodSync(path(`${name}.key`), 0o600);
  }

  beforeAll(async () => {
    folder = await temporaryFolder();
    for (const name of ['ca', 'other']) {
      const certificate = ['-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', `/CN=${name}`];
      openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...certificate);
    }
    certify('server', '/CN=localhost', 'subjectAltName=DNS:localhost');
    certify('client', '/CN=cinematch', 'extendedKeyUsage=clientAuth');
    encrypted = await startPostgres(program.path ?? '', (home, user) => {
      const tls = join(home, 'tls');
      mkdirSync(tls);
      for (const name of ['server.key', 'server.pem', 'ca.pem']) execFileSync('cp', [path(name), join(tls, name)]);
      const rules = ['hostssl certified all all cert', 'hostssl all all all trust', 'hostnossl postgres all all trust'];
      writeFileSync(join(tls, 'hba.conf'), `${rules.join('\n')}\n`);
      if (user !== undefined)
        for (const name of ['.', 'server.key', 'server.pem', 'ca.pem', 'hba.conf']) chownSync(join(tls, name), user.uid, user.gid);
      const files = [`ssl_cert_file=${tls}/server.pem`, `ssl_key_file=${tls}/server.key`, `ssl_ca_file=${tls}/ca.pem`];
      return ['ssl=on', ...files, `hba_file=${tls}/hba.conf`];
    });
    plain = await startPostgres(program.path ?? '');
    [url, plainUrl] = [await encrypted.createDatabase('films'), await plain.createDatabase('films')];
    await encrypted.createDatabase('certified');
    for (const target of [`${url}?sslmode=no-verify`, plainUrl])
      await withDatabase({ kind: 'postgres', url: target, poolSize: 1 }, (database) => migrate(database, MIGRATIONS));
  });
  afterAll(async () => {
    await encrypted?.stop();
    await plain?.stop();
    await folder?.remove();
  });

  /** Whether the connection of the server is encrypted, or why there is none. Then the same of a backup. */
  async function outcome(target: string): Promise<[server: string, backup: string]> {
    const settings: DatabaseSettings = { kind: 'postgres', url: target, poolSize: 1 };
    const named = (error: unknown): string => errorText(error);
    const server = await withDatabase(settings, async ({ kysely }) => {
      const { rows } = await sql<{ ssl: boolean }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(kysely);
      return rows[0].ssl ? 'encrypted' : 'plain';
    }).catch(named);
    const backup = await backUp(settings, path(`backup-${++backups}`), (more) => ({ ...process.env, ...more })).then(
      () => 'backed up',
      named,
    );
    return [server, backup];
  }

  const atHost = (host: string): string => url.replace('127.0.0.1', host);
  const LIBPQ = 'uselibpqcompat=true';

  it.each<[parameters: string, host: string, server: string | RegExp]>([
    ['sslmode=disable', 'localhost', /no pg_hba.conf entry .* no encryption/],
    ['sslmode=no-verify', 'localhost', 'encrypted'],
    [`${LIBPQ}&sslmode=prefer`, 'localhost', 'encrypted'],
    [`${LIBPQ}&sslmode=require`, 'localhost', 'encrypted'],
    [`${LIBPQ}&sslmode=require&sslrootcert=OTHER`, 'localhost', /self-signed|unable to (verify|get)/],
    [`${LIBPQ}&sslmode=verify-ca&sslrootcert=CA`, '127.0.0.1', 'encrypted'],
    [`${LIBPQ}&sslmode=verify-full&sslrootcert=CA`, 'localhost', 'encrypted'],
    [`${LIBPQ}&sslmode=verify-full&sslrootcert=CA`, '127.0.0.1', /does not match certificate|altnames/],
    ['sslmode=require', 'localhost', /self-signed|unable to (verify|get)/],
    ['sslmode=require&sslrootcert=CA', 'localhost', 'encrypted'],
    ['sslmode=verify-ca&sslrootcert=CA', 'localhost', 'encrypted'],
    ['sslmode=verify-ca&sslrootcert=CA', '127.0.0.1', /altnames/],
    ['sslmode=verify-full&sslrootcert=CA', 'localhost', 'encrypted'],
    ['sslmode=verify-full&sslrootcert=CA', '127.0.0.1', /does not match certificate|altnames/],
    ['sslmode=verify-full&sslrootcert=OTHER', 'localhost', /self-signed|unable to (verify|get)/],
  ])('with %s at %s', async (parameters, host, expected) => {
    const [server, backup] = await outcome(
      `${atHost(host)}?${parameters.replace('CA', path('ca.pem')).replace('OTHER', path('other.pem'))}`,
    );
    expect(server).toMatch(expected);
    // A backup uses both readers of the URL: the driver first, then pg_dump.
    if (expected === 'encrypted') expect(backup).toBe('backed up');
    else expect(backup).toMatch(expected);
  });

  it('shows a client certificate, and is refused without one', async () => {
    const certified = atHost('localhost').replace('/films', '/certified');
    const full = `${certified}?sslmode=verify-full&sslrootcert=${path('ca.pem')}`;
    expect((await outcome(full))[0]).toMatch(/requires a valid client certificate/);
    const shown = `${full}&sslcert=${path('client.pem')}&sslkey=${path('client.key')}`;
    await withDatabase({ kind: 'postgres', url: shown, poolSize: 1 }, (database) => migrate(database, MIGRATIONS));
    expect(await outcome(shown)).toEqual(['encrypted', 'backed up']);
  });

  it('says in one line that the database has no TLS', async () => {
    for (const mode of ['no-verify', 'require', 'prefer&uselibpqcompat=true'])
      expect(await outcome(`${plainUrl}?sslmode=${mode}`)).toEqual(Array(2).fill('The server does not support SSL connections'));
    expect(await outcome(`${plainUrl}?sslmode=disable`)).toEqual(['plain', 'backed up']);
  });
});
