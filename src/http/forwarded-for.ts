import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';

const HEADER = 'x-forwarded-for';
/** "192.0.2.1:5678" and "[2001:db8::1]:5678": some proxies add the port. */
const WITH_PORT = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/;

/**
 * Takes no text for an address that is none. A trusted proxy may pass on what a caller wrote; the addresses before that are the caller's
 * word too. Warns once when the header arrives and no proxy is trusted: all callers then share the limits of the proxy's address.
 */
export function checkForwardedFor(app: FastifyInstance, isTrusted: boolean): void {
  let warned = false;
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    const header = headers[HEADER];
    if (header === undefined) return done();
    if (isTrusted) {
      const known = knownAddresses([header].flat().join(','));
      if (known === '') delete headers[HEADER];
      else headers[HEADER] = known;
    } else if (!warned) {
      warned = true;
      app.log.warn(
        { from: request.raw.socket.remoteAddress },
        'X-Forwarded-For arrives, and TRUST_PROXY is not set: behind a proxy all callers count as one address (docs/how-to/host.md)',
      );
    }
    done();
  });
}

/** The addresses after the last text that is none, the nearest proxy's at the end. */
export function knownAddresses(header: string): string {
  const addresses: string[] = [];
  for (const entry of header.split(',').reverse()) {
    const text = entry.trim();
    const [, bracketed, plain] = WITH_PORT.exec(text) ?? [];
    const address = bracketed ?? plain ?? text;
    if (isIP(address) === 0) break;
    addresses.unshift(address);
  }
  return addresses.join(', ');
}
