import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';

/** Lets pages of these origins call the API. */
export const crossOrigin = fastifyPlugin(async (app: FastifyInstance, { corsOrigins }: { corsOrigins: string[] }) => {
  if (corsOrigins.length === 0) return;
  await app.register(cors, {
    origin: corsOrigins,
    methods: ['GET', 'POST'],
    // These origins are trusted like our own, so they may send the session cookie.
    credentials: true,
    allowedHeaders: ['content-type', 'apollo-require-preflight', 'x-apollo-operation-name', 'x-request-id', 'authorization', 'x-api-key'],
    exposedHeaders: ['x-request-id', 'retry-after'],
    maxAge: 86_400,
  });
});
