import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../test/fixture-release.ts';
import { runNode } from '../../tools/run-tool.ts';
import { ensureFree, listen } from './listen.ts';

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ family }) => family === 'IPv6'));

describe('listen', () => {
  const server = (): ReturnType<typeof Fastify> => {
    const made = Fastify();
    made.get('/', (request) => request.ip);
    close.push(() => made.close());
    return made;
  };
  const close: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(close.splice(0).map((each) => each()));
  });
  const portOf = (address: string): string => new URL(address).port;

  it('on "::" answers by IPv4 as well', async () => {
    const port = portOf(await listen(server(), { host: '::', port: 0 }));
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  });

  it.skipIf(!hasIPv6)('on "::" answers by IPv6', async () => {
    const port = portOf(await listen(server(), { host: '::', port: 0 }));
    expect(await (await fetch(`http://[::1]:${port}/`)).text()).toBe('::1');
  });

  it.skipIf(!hasIPv6)('on "::1" answers by IPv6 only', async () => {
    const port = portOf(await listen(server(), { host: '::1', port: 0 }));
    expect(await (await fetch(`http://[::1]:${port}/`)).text()).toBe('::1');
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  });

  it.each(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'])(
    'on "::" listens on every IPv4 address when the machine has no IPv6: %s',
    async (code) => {
      const made = server();
      const hosts: unknown[] = [];
      // What Fastify does on a machine without IPv6.
      const without = new Proxy(made, {
        get(target, name) {
          if (name !== 'listen') return Reflect.get(target, name);
          return (options: { host: string; port: number }) => {
            hosts.push(options.host);
            return options.host === '::' ? Promise.reject(Object.assign(new Error('no IPv6'), { code })) : target.listen(options);
          };
        },
      });
      const port = portOf(await listen(without, { host: '::', port: 0 }));
      expect(hosts).toEqual(['::', '0.0.0.0']);
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('127.0.0.1');
    },
  );

  it('listens nowhere else when another address fails, or "::" for another reason', async () => {
    for (const [host, code] of [
      ['127.0.0.1', 'EADDRNOTAVAIL'],
      ['::', 'EACCES'],
    ] as const) {
      const hosts: unknown[] = [];
      const failing = new Proxy(server(), {
        get: (target, name) =>
          name === 'listen'
            ? (options: { host: string }) => {
                hosts.push(options.host);
                return Promise.reject(Object.assign(new Error('refused'), { code }));
              }
            : Reflect.get(target, name),
      });
      await expect(listen(failing, { host, port: 0 })).rejects.toMatchObject({ code });
      expect(hosts).toEqual([host]);
    }
  });

  it('passes on that a port is in use', async () => {
    const port = Number(portOf(await listen(server(), { host: '::', port: 0 })));
    await expect(listen(server(), { host: '::', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  describe('on a Unix socket', () => {
    const at = (socket: string) => ({ host: '::', port: 0, socket });
    let folder: TemporaryFolder;
    const ask = async (socketPath: string): Promise<string> => {
      const sent = request({ socketPath, path: '/' }).end();
      const [response] = await once(sent, 'response');
      return text(response);
    };

    it('answers, takes the peer for this machine, and lets the group in', async () => {
      folder = await temporaryFolder();
      const path = join(folder.path, 'http.sock');
      const made = server();
      await listen(made, at(path));
      expect(await ask(path)).toBe('127.0.0.1');
      expect(statSync(path).mode & 0o777).toBe(0o660);
      await made.close();
      expect(existsSync(path)).toBe(false);
      await folder.remove();
    });

    it('replaces the socket of a server that was killed, but not that of one that runs', async () => {
      folder = await temporaryFolder();
      const path = join(folder.path, 'http.sock');
      const killed = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
      runNode(['-e', killed]);
      expect(existsSync(path)).toBe(true);
      await listen(server(), at(path));
      expect(await ask(path)).toBe('127.0.0.1');
      await expect(listen(server(), at(path))).rejects.toMatchObject({ code: 'EADDRINUSE' });
      expect(await ask(path)).toBe('127.0.0.1');
      await folder.remove();
    });
  });
});

describe('a port that threads share', () => {
  it('is refused while another program has it, and is looked at without taking it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(ensureFree({ host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    other.close();
    await once(other, 'close');
    expect(await ensureFree({ host: '127.0.0.1', port: 0 })).toBe('127.0.0.1');
  });
});
