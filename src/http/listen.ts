import { once } from 'node:events';
import { chmodSync, unlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { errorCode } from '../error-text.ts';
import type { HttpSettings } from './http-server.ts';

/** Every address of the machine, IPv6 and IPv4. */
const EVERYWHERE = '::';
const EVERYWHERE_IPV4 = '0.0.0.0';
/** Only the owner of the server and the group may connect. */
const SOCKET_MODE = 0o660;
/** A peer on a Unix socket has no address. It is a program of this machine. */
const THIS_MACHINE = '127.0.0.1';

export interface ListenOptions {
  listenTextResolver?: (address: string) => string;
  /** Other threads may listen on the same port. The system spreads the connections over them. */
  reusePort?: boolean;
}

export type ListenPlace = Pick<HttpSettings, 'host' | 'port' | 'socket'>;

/** Listens on the address or the Unix socket of the settings. */
export async function listen(
  server: FastifyInstance,
  { host, port, socket }: ListenPlace,
  { listenTextResolver, reusePort = false }: ListenOptions = {},
): Promise<string> {
  const resolver = listenTextResolver === undefined ? {} : { listenTextResolver };
  if (socket !== undefined) return listenOnSocket(server, socket, resolver);
  const options = { port, reusePort, ...resolver };
  return onHost(host, (address) => server.listen({ ...options, host: address }));
}

/** Fails as `listen` does when another program listens on the port. Threads that share it would not notice: each would get some requests. */
export async function ensureFree({ host, port }: ListenPlace): Promise<string> {
  const probe = createServer();
  await onHost(host, async (address) => {
    probe.listen({ port, host: address });
    await once(probe, 'listening');
    return address;
  });
  probe.close();
  await once(probe, 'close');
  return host;
}

/** Calls `work` with the address. On a machine without IPv6, "::" is every IPv4 address. */
async function onHost(host: string, work: (address: string) => Promise<string>): Promise<string> {
  try {
    return await work(host);
  } catch (error) {
    if (host !== EVERYWHERE || !['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'].includes(errorCode(error) ?? '')) throw error;
    return work(EVERYWHERE_IPV4);
  }
}

async function listenOnSocket(server: FastifyInstance, path: string, resolver: object): Promise<string> {
  server.server.on('connection', (peer) => Object.defineProperty(peer, 'remoteAddress', { value: THIS_MACHINE }));
  // A server that was killed leaves its socket behind.
  if ((await connectError(path)) === 'ECONNREFUSED') unlinkSync(path);
  const address = await server.listen({ path, ...resolver });
  chmodSync(path, SOCKET_MODE);
  return address;
}

/** Why nobody can be reached at the socket; undefined when somebody listens. */
function connectError(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const peer = connect(path);
    peer.on('connect', () => {
      peer.destroy();
      resolve(undefined);
    });
    peer.on('error', (error) => resolve(errorCode(error)));
  });
}
