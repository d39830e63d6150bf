import type { FastifyInstance } from 'fastify';
import { hasMoreValues, MAX_JSON_VALUES } from '../graphql/limits/json-values.ts';
import type { GraphQLRoute } from '../http/graphql-route.ts';
import { HttpError } from '../http/http-error.ts';

/**
 * Refuses JSON bodies of too many values. They are counted in the text: a million empty objects take 100 MB when they are parsed. Returns
 * the parser.
 */
export function limitJsonValues(fastify: FastifyInstance): GraphQLRoute['parseJson'] {
  const parse = fastify.getDefaultJsonParser('error', 'ignore');
  fastify.removeContentTypeParser('application/json');
  const parseJson: GraphQLRoute['parseJson'] = (request, body, done) => {
    if (!hasMoreValues(body, MAX_JSON_VALUES)) return parse(request, body, done);
    done(new HttpError(413, 'PAYLOAD_TOO_LARGE', `The body has too many JSON values: at most ${MAX_JSON_VALUES} are taken.`));
  };
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, parseJson);
  return parseJson;
}
