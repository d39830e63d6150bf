import type { FastifyInstance } from 'fastify';

/**
 * What a request of a route costs its caller. `free`: nothing. `counted`: it is one request of its address. `points`: it is counted, and
 * spends points by its work. docs/reference/limits.md says why for each route.
 */
export type Payment = 'free' | 'counted' | 'points';

export interface Route {
  url: string;
  methods: readonly string[];
  payment: Payment;
  pattern: RegExp;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route that was added. */
    routes: readonly Route[];
  }

  interface FastifyContextConfig {
    /** `counted` when a route does not say. */
    payment?: Payment;
  }
}

/** Remembers the routes, so that a known path with another method is not answered as unknown. Call it before routes are added. */
export function rememberRoutes(app: FastifyInstance): void {
  const routes: Route[] = [];
  app.addHook('onRoute', ({ url, method, config }) => {
    // CORS answers OPTIONS at every path.
    if (url !== '*') routes.push({ url, methods: [method].flat(), payment: config?.payment ?? 'counted', pattern: patternOf(url) });
  });
  app.decorate('routes', routes);
}

/** The methods of the routes that match a path, sorted; empty when there is none. */
export function methodsAt(routes: readonly Route[], path: string): string[] {
  return [...new Set(routes.flatMap(({ pattern, methods }) => (pattern.test(path) ? methods : [])))].sort();
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
