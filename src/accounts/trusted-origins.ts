import type { AccountSettings } from './auth.ts';

type OriginSettings = Pick<AccountSettings, 'publicUrl' | 'trustedOrigins' | 'trustOwnHost'>;

/**
 * Whose pages may send the cookie along. A browser writes Host and Origin itself, so that a page of the host asked is our own page
 * can be seen from them.
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

/** Nothing but scheme, host and port: wildcards, which the auth library would follow, are not. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.canParse(text);
}
