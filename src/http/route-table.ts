import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods of the routes that match a path, sorted; empty when there is none. */
    methodsAt(path: string): string[];
    /** Every route, such as "GET /health". A HEAD that comes with a GET is left out. */
    routeNames(): string[];
  }
}

/** Remembers the routes, so that a known path with another method is not answered as unknown. Call it before routes are added. */
export function rememberRoutes(app: FastifyInstance): void {
  const routes: { url: string; pattern: RegExp; methods: string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    // CORS answers OPTIONS at every path.
    if (url !== '*') routes.push({ url, pattern: patternOf(url), methods: [method].flat() });
  });
  app.decorate('methodsAt', (path) => [...new Set(routes.flatMap(({ pattern, methods }) => (pattern.test(path) ? methods : [])))].sort());
  app.decorate('routeNames', () => {
    const names = routes.flatMap(({ url, methods }) => methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${url}`));
    return [...new Set(names)].sort();
  });
}

/** "/movie/:id" and "/assets/*" as regular expressions. A slash at the end makes no difference. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/\/$/, '')
    .split('/')
    .map((part) => (part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(/[^\w-]/g, '\\$&')))
    .join('/');
  return new RegExp(`^${source}/?$`);
}
