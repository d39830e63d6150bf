import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { rememberRoutes } from './route-table.ts';

it('names the methods of every route that matches a path, sorted and once', () => {
  const app = Fastify();
  rememberRoutes(app);
  const handler = (): string => 'x';
  app.post('/graphql', handler);
  app.get('/graphql', handler);
  app.get('/movie/:id', handler);
  app.get('/assets/*', handler);
  app.delete('/assets/x', handler);
  app.get('/export.json', handler);
  app.get('/', handler);
  app.options('*', handler);
  const cases: [path: string, methods: string][] = [
    ['/graphql', 'GET,HEAD,POST'],
    ['/graphql/', 'GET,HEAD,POST'],
    ['/graphql/x', ''],
    ['/Graphql', ''],
    ['/movie/7', 'GET,HEAD'],
    ['/movie/', ''],
    ['/movie/7/x', ''],
    ['/assets/a/b.js', 'GET,HEAD'],
    ['/assets/x', 'DELETE,GET,HEAD'],
    ['/export.json', 'GET,HEAD'],
    // A dot of a path is a dot.
    ['/exportxjson', ''],
    ['/', 'GET,HEAD'],
    ['', 'GET,HEAD'],
    ['/nothing', ''],
  ];
  expect(cases.map(([path]) => [path, app.methodsAt(path).join()])).toEqual(cases);
  expect(app.routeNames()).toEqual([
    'DELETE /assets/x',
    'GET /',
    'GET /assets/*',
    'GET /export.json',
    'GET /graphql',
    'GET /movie/:id',
    'POST /graphql',
  ]);
});
