import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { appendVary } from './vary.ts';

it.each<[string | string[] | undefined, string, string]>([
  [undefined, 'accept', 'accept'],
  ['Origin', 'accept', 'Origin, accept'],
  ['Origin, accept', 'Accept', 'Origin, accept'],
  ['Origin', 'origin', 'Origin'],
  ['origin', 'accept , Origin, cookie', 'origin, accept, cookie'],
  [['origin', 'cookie'], 'accept', 'origin, cookie, accept'],
])('vary %j with %j added is %j', async (before, names, after) => {
  const app = Fastify();
  app.get('/', (_request, reply) => {
    if (before !== undefined) reply.header('vary', before);
    appendVary(reply, names);
    return reply.send();
  });
  const { vary } = (await app.inject('/')).headers;
  expect([vary].flat().join(', ')).toBe(after);
  await app.close();
});
