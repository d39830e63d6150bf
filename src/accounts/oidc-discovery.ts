import { errorText } from '../error-text.ts';

const ANSWER_TIMEOUT_MS = 5_000;
/** What a sign-in needs of the document. */
const REQUIRED = ['issuer', 'authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const;

/** How the server proves to the provider that it is the client: in the body of the request, or by HTTP Basic. */
export type ClientAuthentication = 'post' | 'basic';

export type Discovery = { usable: true; authentication: ClientAuthentication } | { usable: false; problem: string };

/** Asks for the discovery document of an OpenID provider, and checks that a sign-in can work with it. Never throws. */
export async function discover(discoveryUrl: string): Promise<Discovery> {
  let document: unknown;
  try {
    const response = await fetch(discoveryUrl, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    const text = await response.text();
    if (!response.ok) return { usable: false, problem: `it answers ${response.status}` };
    document = parsed(text);
  } catch (error) {
    return { usable: false, problem: `it does not answer (${errorText(error)})` };
  }
  if (typeof document !== 'object' || document === null)
    return {
      usable: false,
      problem: 'it answers with no discovery document; the address usually ends with /.well-known/openid-configuration',
    };
  const entries = new Map(Object.entries(document));
  const missing = REQUIRED.filter((name) => typeof entries.get(name) !== 'string');
  if (missing.length > 0) return { usable: false, problem: `its discovery document lacks ${missing.join(', ')}` };
  return { usable: true, authentication: authenticationOf(entries.get('token_endpoint_auth_methods_supported')) };
}

/** OpenID Connect Discovery: a provider that names no methods takes HTTP Basic. */
function authenticationOf(methods: unknown): ClientAuthentication {
  if (!Array.isArray(methods)) return 'basic';
  return methods.includes('client_secret_basic') && !methods.includes('client_secret_post') ? 'basic' : 'post';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
