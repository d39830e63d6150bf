import { randomUUID } from 'node:crypto';
import type { Environment } from '../../environment/environment.ts';
import { errorText } from '../../error-text.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

const MAX_WAIT_MS = 10_000;

/** What the proxy in front passes on, as far as a request through it shows. */
export async function checkPublicAddress({ accounts, http }: Environment): Promise<Finding[]> {
  const { publicUrl } = accounts;
  if (publicUrl === undefined)
    return [
      warning(
        'PUBLIC_URL is not set: the server believes the Host of each request',
        'set it to the address that users see, when others than you use the server',
      ),
    ];
  const findings = [await throughProxy(publicUrl + http.basePath)];
  if (publicUrl.startsWith('https:') && http.trustedProxies === false)
    findings.push(
      warning(
        'PUBLIC_URL is https, and TRUST_PROXY is not set: all callers count as one address',
        'set TRUST_PROXY to the addresses of the proxies in front',
      ),
    );
  if (publicUrl.startsWith('http:') && !/^http:\/\/(localhost|127\.|\[::1\])/.test(publicUrl))
    findings.push(
      warning(`${publicUrl} is not encrypted: passwords and cookies can be read on the way`, 'put a proxy with HTTPS in front'),
    );
  return findings;
}

async function throughProxy(url: string): Promise<Finding> {
  const id = `doctor-${randomUUID()}`;
  try {
    const response = await fetch(`${url}/ready`, { headers: { 'x-request-id': id }, signal: AbortSignal.timeout(MAX_WAIT_MS) });
    const body = (await response.text()).slice(0, 200);
    if (response.headers.get('x-request-id') !== id)
      return problem(
        `${url}/ready answers ${response.status}, but not from CineMatch`,
        'let the proxy hand requests on, with their headers, and compare the path of PUBLIC_URL with that of the proxy',
      );
    if (!response.ok)
      return problem(`${url}/ready answers ${response.status}: ${body}`, 'the server is reached, and is not ready: see its log');
    return ok(`${url} leads to a ready server, and headers pass`);
  } catch (error) {
    const reason = error instanceof Error && error.cause !== undefined ? errorText(error.cause) : errorText(error);
    return problem(`${url} cannot be reached from here: ${reason}`, 'check DNS, certificate and proxy; the server has to run meanwhile');
  }
}
