import type { AccountSettings } from './auth.ts';

type OriginSettings = Pick<AccountSettings, 'publicUrl' | 'trustedOrigins' | 'trustOwnHost'>;

/**
 * Origins whose pages may send the cookie. A browser sets Host and Origin itself, so equal hosts mean that the page comes from this
 * server.
 */
export function trustedOriginsOf({ publicUrl, trustedOrigins, trustOwnHost }: OriginSettings): (headers: Headers | undefined) => string[] {
  const always = [publicUrl, ...trustedOrigins];
  return (headers) => {
    const host = trustOwnHost ? headers?.get('host') : null;
    if (host === null || host === undefined) return always;
    const own = ['http', 'https'].map((scheme) => `${scheme}://${host}`).filter((origin) => isOrigin(origin));
    return [...always, ...own];
  };
}

/** Scheme, host and port only. The auth library would follow wildcards, so they are refused. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.canParse(text);
}
