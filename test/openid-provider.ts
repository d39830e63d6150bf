import { OAuth2Server } from 'oauth2-mock-server';

/** Claims of the person that signs in. */
export interface Person {
  sub: string;
  email: string;
  email_verified: boolean;
  name: string;
}

export interface OpenIdProvider {
  discoveryUrl: string;
  issuer: string;
  /** The person that signs in from now on. */
  person: Person;
  /** Overrides claims of the next tokens, until `reset`. */
  claims: Record<string, unknown>;
  /** Replaces the next ID tokens, until `reset`. */
  forge: ((idToken: string) => string) | undefined;
  /** Bodies of the requests to the token endpoint. */
  tokenRequests: Record<string, string>[];
  /** The Authorization headers of those requests. */
  tokenAuthorizations: (string | undefined)[];
  reset(): void;
  stop(): Promise<void>;
}

export const CLIENT = { clientId: 'films', clientSecret: 'the secret of the client', name: 'Film Club' };

/** A local OpenID Connect provider that signs every visitor in. */
export async function startOpenIdProvider(port = 0): Promise<OpenIdProvider> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(port, '127.0.0.1');
  const issuer = server.issuer.url ?? '';
  const provider: OpenIdProvider = {
    issuer,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    person: { sub: 'p1', email: 'pat@id.test', email_verified: true, name: 'Pat' },
    claims: {},
    forge: undefined,
    tokenRequests: [],
    tokenAuthorizations: [],
    reset() {
      provider.claims = {};
      provider.forge = undefined;
    },
    stop: () => server.stop(),
  };
  server.service.on('beforeTokenSigning', (token) => Object.assign(token.payload, provider.person, provider.claims));
  server.service.on('beforeResponse', (answer, request) => {
    provider.tokenRequests.push({ ...request.body });
    provider.tokenAuthorizations.push(request.headers.authorization);
    const { body } = answer;
    if (provider.forge === undefined || body === '' || typeof body.id_token !== 'string') return;
    body.id_token = provider.forge(body.id_token);
  });
  server.service.on('beforeUserinfo', (answer) => {
    answer.body = { ...provider.person };
  });
  return provider;
}
