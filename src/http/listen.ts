import { chmodSync, unlinkSync } from 'node:fs';
import { connect } from 'node:net';
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

export type ListenPlace = Pick<HttpSettings, 'host' | 'port' | 'socket'>;

/** Listens on the address or the Unix socket of the settings. On a machine without IPv6, "::" is every IPv4 address. */
export async function listen(
  server: FastifyInstance,
  { host, port, socket }: ListenPlace,
  listenTextResolver?: (address: string) => string,
): Promise<string> {
  const resolver = listenTextResolver === undefined ? {} : { listenTextResolver };
  if (socket !== undefined) return listenOnSocket(server, socket, resolver);
  const options = { port, ...resolver };
  try {
    return await server.listen({ ...options, host });
  } catch (error) {
    if (host !== EVERYWHERE || !['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'].includes(errorCode(error) ?? '')) throw error;
    return server.listen({ ...options, host: EVERYWHERE_IPV4 });
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
