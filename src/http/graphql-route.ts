import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { limitBodies } from './body-limits.ts';
import { sendError } from './error-replies.ts';
import { HttpError } from './http-error.ts';
import { wantsHtml } from './pages.ts';
import type { Playground } from './playground.ts';

export interface GraphQLAnswer {
  status: number;
  headers: Iterable<[name: string, value: string]>;
  body: string;
}

export interface GraphQLRoute {
  execute(request: FastifyRequest): Promise<GraphQLAnswer>;
  /** Null when nobody is signed in. Throws an HttpError for credentials that are not valid. */
  authenticate(request: FastifyRequest): Promise<object | null>;
  /** The page for browsers; undefined when there is none. */
  playground: Playground | undefined;
  bodyLimitBytes: number;
  /** The body limit of signed-in users. */
  importLimitBytes: number;
}

/** `/graphql`: operations by POST and GET. A browser that navigates here gets the playground. */
export async function graphqlRoute(app: FastifyInstance, route: GraphQLRoute): Promise<void> {
  const { execute, authenticate, playground, bodyLimitBytes, importLimitBytes } = route;
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    bodyLimit: Math.max(bodyLimitBytes, importLimitBytes),
    preParsing: limitBodies(bodyLimitBytes, (request) => isSignedIn(authenticate, request)),
    handler: async (request, reply) => {
      if (!wantsHtml(request)) return send(reply, await execute(request));
      if (playground === undefined) return sendError(reply, 404, 'There is no playground here.');
      return playground.send(reply);
    },
  });
}

function send(reply: FastifyReply, { status, headers, body }: GraphQLAnswer): FastifyReply {
  for (const [name, value] of headers) reply.header(name, value);
  return reply.code(status).send(body);
}

/** Credentials that are not valid allow no more than none. */
async function isSignedIn(authenticate: GraphQLRoute['authenticate'], request: FastifyRequest): Promise<boolean> {
  try {
    return (await authenticate(request)) !== null;
  } catch (error) {
    if (error instanceof HttpError) return false;
    throw error;
  }
}
