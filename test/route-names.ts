import type { Route } from '../src/http/route-table.ts';

/** Every route with its methods, such as "GET /health", sorted. A HEAD that comes with a GET is left out. */
export function routeNames(routes: readonly Route[]): string[] {
  const names = routes.flatMap(({ url, methods }) => methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${url}`));
  return [...new Set(names)].sort();
}
