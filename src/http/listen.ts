import type { FastifyInstance } from 'fastify';
import { errorCode } from '../error-text.ts';
import type { HttpSettings } from './http-server.ts';

/** Every address of the machine, IPv6 and IPv4. */
const EVERYWHERE = '::';
const EVERYWHERE_IPV4 = '0.0.0.0';

/** Listens on the address of the settings. On a machine without IPv6, "::" is every IPv4 address. */
export async function listen(
  server: FastifyInstance,
  { host, port }: Pick<HttpSettings, 'host' | 'port'>,
  listenTextResolver?: (address: string) => string,
): Promise<string> {
  const options = { port, ...(listenTextResolver === undefined ? {} : { listenTextResolver }) };
  try {
    return await server.listen({ ...options, host });
  } catch (error) {
    if (host !== EVERYWHERE || !['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'].includes(errorCode(error) ?? '')) throw error;
    return server.listen({ ...options, host: EVERYWHERE_IPV4 });
  }
}
