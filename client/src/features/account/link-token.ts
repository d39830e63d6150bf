import { useState } from 'react';

/**
 * The token of the link that was opened, from the fragment of the address: browsers send a fragment to no server, so it is in no log.
 */
export function useLinkToken(name?: string): string | undefined {
  const [token] = useState(() => tokenIn(window.location.hash, name));
  return token;
}

function tokenIn(hash: string, name: string | undefined): string | undefined {
  const [, key, token] = /^#(?:(\w+)=)?([\w.-]{20,1000})$/.exec(hash) ?? [];
  return key === name ? token : undefined;
}
