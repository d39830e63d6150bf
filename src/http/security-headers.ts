import helmet from '@fastify/helmet';
import Fastify from 'fastify';

/** Everything but posters comes from this server. Styles may be inline because the editor of the playground writes them. */
const CONTENT_SECURITY_POLICY = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'worker-src': ["'self'"],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/**
 * The headers of every answer, whoever makes it. Helmet makes the same ones for each request, and takes as long for them as a ready answer
 * takes in all. So it makes them once. `pictureOrigins` are the other servers that pictures may come from.
 */
export async function securityHeaders(pictureOrigins: readonly string[]): Promise<Record<string, string>> {
  const app = Fastify();
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...CONTENT_SECURITY_POLICY, 'img-src': ["'self'", 'data:', ...pictureOrigins] },
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
