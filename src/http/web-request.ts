import type { FastifyRequest } from 'fastify';

/** The auth library takes host and scheme from its settings, so any host will do here. */
const ANY_HOST = 'http://localhost';

/** The headers of a request as the web's Headers. Host is what the browser asked for, as far as a trusted proxy tells. */
export function toWebHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  copyHeaders(request, headers);
  if (request.host !== '') headers.set('host', request.host);
  return headers;
}

/** Sets the headers of the request as they came. Values of a repeated header are joined. */
export function copyHeaders(request: FastifyRequest, target: { set(name: string, value: string): unknown }): void {
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) target.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
}

/** The request as the web's Request, with its address as browsers see it. A body must be unparsed: a Buffer. */
export function toWebRequest(request: FastifyRequest, basePath: string): Request {
  const body = Buffer.isBuffer(request.body) && request.method === 'POST' ? new Uint8Array(request.body) : null;
  return new Request(new URL(basePath + request.url, ANY_HOST), { method: request.method, headers: toWebHeaders(request), body });
}
