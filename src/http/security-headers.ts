import helmet from '@fastify/helmet';
import Fastify from 'fastify';

/** The player of trailers. The pages ask for nothing of it before a viewer opens one. */
const TRAILERS = 'https://www.youtube-nocookie.com';

/** Everything but posters, assets and trailers comes from this server. */
function contentSecurityPolicy(pictureOrigins: readonly string[], assets: readonly string[]): Record<string, string[]> {
  return {
    'default-src': ["'self'"],
    'script-src': ["'self'", ...assets],
    // The editor of the playground writes styles.
    'style-src': ["'self'", "'unsafe-inline'", ...assets],
    'worker-src': ["'self'"],
    'font-src': ["'self'", 'data:', ...assets],
    'img-src': ["'self'", 'data:', ...assets, ...pictureOrigins],
    'connect-src': ["'self'"],
    'frame-src': [TRAILERS],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
}

/**
 * The headers of every answer, whoever makes it. Helmet makes the same ones for each request, and takes as long for them as a ready answer
 * takes in all. So it makes them once. `pictureOrigins` are the other servers that pictures may come from; `assetsUrl` is the one that the
 * files of the pages come from, if it is another.
 */
export async function securityHeaders(pictureOrigins: readonly string[], assetsUrl?: string): Promise<Record<string, string>> {
  const app = Fastify();
  const assets = assetsUrl === undefined ? [] : [new URL(assetsUrl).origin];
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: contentSecurityPolicy(pictureOrigins, assets),
    },
    // The proxy that holds the certificate decides whether the host is reached over TLS only.
    strictTransportSecurity: false,
  });
  const headers: Record<string, string> = {};
  app.get('/', (_request, reply) => {
    for (const [name, value] of Object.entries(reply.raw.getHeaders())) headers[name] = String(value);
    return reply.send();
  });
  await app.inject('/');
  await app.close();
  return headers;
}
