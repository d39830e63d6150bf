import type { FastifyRequest } from 'fastify';

/** The auth library takes host and scheme from its settings, so any host will do here. */
const ANY_HOST = 'http://localhost';

/** The headers of a request as the web's Headers. Host is what the browser asked for, as far as a trusted proxy tells. */
export function toWebHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  if (request.host !== '') headers.set('host', request.host);
  return headers;
}

/** The request as the web's Request. A body must be unparsed: a Buffer. */
export function toWebRequest(request: FastifyRequest): Request {
  const body = Buffer.isBuffer(request.body) && request.method === 'POST' ? new Uint8Array(request.body) : null;
  return new Request(new URL(request.url, ANY_HOST), { method: request.method, headers: toWebHeaders(request), body });
}
