import type { AccountSettings } from './auth.ts';

type OriginSettings = Pick<AccountSettings, 'publicUrl' | 'trustedOrigins' | 'trustOwnHost'>;

/**
 * Origins whose pages may send the cookie. A browser sets Host and Origin itself, so equal hosts mean that the page comes from this
 * server. Some proxies pass Host without its port. Then any port of the host counts: cookies do not keep ports apart either.
 */
export function trustedOriginsOf({ publicUrl, trustedOrigins, trustOwnHost }: OriginSettings): (headers: Headers | undefined) => string[] {
  const always = [publicUrl, ...trustedOrigins];
  return (headers) => {
    const host = trustOwnHost ? headers?.get('host') : null;
    if (host === null || host === undefined) return always;
    const port = /:\d+$/.test(host) ? '' : portOf(headers?.get('origin') ?? '', host);
    const own = ['http', 'https'].map((scheme) => `${scheme}://${host}${port}`).filter((origin) => isOrigin(origin));
    return [...always, ...own];
  };
}

/** The port of the origin, as ":8443", when the rest of it is this host. */
function portOf(origin: string, host: string): string {
  const [, name, port = ''] = /^https?:\/\/(.+?)(:\d+)?$/i.exec(origin) ?? [];
  return name?.toLowerCase() === host.toLowerCase() ? port : '';
}

/** Whether a page of another origin sends the request. Programs send no Origin. */
export function isForeign(headers: Headers, trustedOrigins: (headers: Headers) => string[]): boolean {
  const origin = headers.get('origin');
  return origin !== null && !trustedOrigins(headers).includes(origin);
}

/** Tells whoever runs the server what to set. Sent to the browser too, because its user often is the one. */
export function foreignOriginText(origin: string, host: string | null, trustOwnHost: boolean): string {
  const why = trustOwnHost ? `the request names the host ${host ?? '(none)'}` : 'PUBLIC_URL names another address';
  const remedy = trustOwnHost ? `set PUBLIC_URL=${origin}, or let the proxy pass the Host header` : `set PUBLIC_URL=${origin}`;
  return `This server does not know ${origin} as its own address (${why}). If it is yours: ${remedy}.`;
}

/** Scheme, host and port only. The auth library would follow wildcards, so they are refused. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.canParse(text);
}
