import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { methodsAt, rememberRoutes } from './route-table.ts';

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
  expect(cases.map(([path]) => [path, methodsAt(app.routes, path).join()])).toEqual(cases);
});

it('knows how the requests of each route are paid for, counted when nothing is said', () => {
  const app = Fastify();
  rememberRoutes(app);
  app.get('/', { config: { payment: 'free' } }, () => 'x');
  app.post('/graphql', { config: { payment: 'points' } }, () => 'x');
  app.get('/robots.txt', () => 'x');
  expect(app.routes.map(({ url, methods, payment }) => [methods[0], url, payment])).toEqual([
    ['GET', '/', 'free'],
    ['HEAD', '/', 'free'],
    ['POST', '/graphql', 'points'],
    ['GET', '/robots.txt', 'counted'],
    ['HEAD', '/robots.txt', 'counted'],
  ]);
});
