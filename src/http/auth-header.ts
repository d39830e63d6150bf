import { BlockList, isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { encodeProxyUser, PROXY_USER_HEADER } from '../proxy-user.ts';
import { plainAddress } from '../rate-limit/network-of.ts';

/** The headers of a forward-auth proxy, in lower case. */
export interface AuthHeaderNames {
  id: string;
  email: string;
  name: string;
  groups: string;
}

export interface AuthHeaderSettings extends AuthHeaderNames {
  /** Addresses and networks of the proxies that are believed. */
  proxies: readonly string[];
}

const MAX_LENGTH = 2_000;
const WARN_EVERY_MS = 60_000;

/**
 * Believes a forward-auth proxy who is asking. The address of the peer counts, never X-Forwarded-For: only the proxy itself may say it.
 * What anybody else writes into the headers is removed, and logged at most once a minute.
 */
export function believeAuthHeader(app: FastifyInstance, settings: AuthHeaderSettings): void {
  const trusted = blockListOf(settings.proxies);
  const names = [settings.id, settings.email, settings.name, settings.groups];
  let warnAfter = 0;
  let forged = 0;
  const refuse = (request: FastifyRequest, why: string): void => {
    forged++;
    if (performance.now() < warnAfter) return;
    warnAfter = performance.now() + WARN_EVERY_MS;
    app.log.warn({ from: request.raw.socket.remoteAddress, forged }, `the headers of AUTH_HEADER were ignored: ${why}`);
    forged = 0;
  };
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, rawHeaders, socket } = request.raw;
    // Also without the other headers: a caller may know the name.
    delete headers[PROXY_USER_HEADER];
    const sent = names.filter((name) => headers[name] !== undefined);
    if (sent.length === 0) return done();
    const [id, email, name, groups] = names.map((name) => textOf(headers[name]));
    for (const name of names) delete headers[name];
    const count = (name: string): number => rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
    const peer = plainAddress(socket.remoteAddress ?? '');
    if (!isIn(trusted, peer)) refuse(request, 'they did not come from an address of TRUST_PROXY');
    // A proxy that adds its header to that of the caller.
    else if (names.some((name) => count(name) > 1)) refuse(request, 'one of them came twice; let the proxy replace what the caller sends');
    else if ([id, email, name, groups].some((text) => (text ?? '').length > MAX_LENGTH)) refuse(request, 'one of them is too long');
    else if (id !== undefined && id !== '')
      headers[PROXY_USER_HEADER] = encodeProxyUser({
        id,
        email: email || (id.includes('@') ? id : ''),
        name: name || id,
        groups: (groups ?? '')
          .split(',')
          .map((group) => group.trim())
          .filter((group) => group !== ''),
      });
    done();
  });
}

/** Node reads headers as Latin-1, proxies write UTF-8. */
function textOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = [header].flat().join(', ').trim();
  const utf8 = Buffer.from(text, 'latin1').toString();
  return utf8.includes('\uFFFD') ? text : utf8;
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
