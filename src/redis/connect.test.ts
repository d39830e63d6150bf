import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { findRedis, type RealRedis, startRedis } from '../../test/real-servers/redis.ts';
import { freePorts } from '../../test/real-servers/server-process.ts';
import { connectRedis, type RedisClient, type RedisConnection } from './connect.ts';

const { path = '', hint } = findRedis();
const PLAIN = { username: undefined, password: undefined, tls: false, tlsCaFile: undefined };

describe.skipIf(path === '')(`a connection to Redis${path === '' ? ` (${hint})` : ''}`, () => {
  let folder: TemporaryFolder;
  const cleanup: (() => unknown)[] = [];
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    for (const clean of cleanup.splice(0)) await clean();
  });
  afterAll(() => folder.remove());

  const start = async (...settings: string[]): Promise<RealRedis> => {
    const redis = await startRedis(path, settings);
    cleanup.push(() => redis.stop());
    return redis;
  };
  /** The answer to PING when the connection is ready, or the message of the first error. */
  const ping = (connection: RedisConnection): Promise<string> => {
    const client: RedisClient = connectRedis(connection);
    cleanup.push(() => client.disconnect());
    return new Promise((resolve) => {
      client.once('error', (error: Error) => resolve(error.message));
      client.once('ready', () => resolve(client.ping()));
    });
  };
  const single = (url: string): RedisConnection['server'] => ({ kind: 'single', url });

  it('sends a password from the URL or from the settings, and fails with a wrong one', async () => {
    const { port } = await start('--requirepass', 'open sesame');
    const url = `redis://127.0.0.1:${port}`;
    expect(await ping({ ...PLAIN, server: single(url), password: 'open sesame' })).toBe('PONG');
    expect(await ping({ ...PLAIN, server: single(`redis://:open%20sesame@127.0.0.1:${port}`) })).toBe('PONG');
    expect(await ping({ ...PLAIN, server: single(url), password: 'wrong' })).toMatch(/WRONGPASS|invalid username-password/);
  });

  it('uses TLS, and trusts the configured certificate', async () => {
    const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder.path, name));
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
    execFileSync('openssl', [...request, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'pipe' });
    chmodSync(key, 0o600);
    const [port] = await freePorts(1);
    await start('--tls-port', String(port), '--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no');
    const url = `redis://localhost:${port}`;
    expect(await ping({ ...PLAIN, server: single(url), tls: true, tlsCaFile: certificate })).toBe('PONG');
    expect(await ping({ ...PLAIN, server: single(url.replace('redis', 'rediss')), tlsCaFile: certificate })).toBe('PONG');
    expect(await ping({ ...PLAIN, server: single(url), tls: true })).toMatch(/self-signed certificate/);
  });
});
