import { randomBytes } from 'node:crypto';
import { InputError, quoted } from '../../input-error.ts';
import { isShownLine } from '../shown-line.ts';

const ID_BYTES = 16;
/** Characters. */
export const MAX_LINK_NAME = 60;
const LINK_ID = /^[\w-]{22}$/;

/** The link to a watchlist. */
export interface WatchlistLink {
  /** 128 bits, which nobody guesses: who knows it may read the list. */
  id: string;
  /** What the viewer calls the list. */
  name: string;
  createdAt: Date;
}

/** Links by the user whose list they show, one each. */
export interface WatchlistLinkStore {
  /** Makes a link, or gives the user's link another name. */
  put(userId: string, link: WatchlistLink): Promise<WatchlistLink>;
  /** Returns false when there was none. */
  delete(userId: string): Promise<boolean>;
  ofUser(userId: string): Promise<WatchlistLink | undefined>;
  find(id: string): Promise<(WatchlistLink & { userId: string }) | undefined>;
}

/** Makes a link to the user's watchlist. The name is one line of 1 to MAX_LINK_NAME characters. */
export function shareWatchlist(links: WatchlistLinkStore, userId: string, name: string): Promise<WatchlistLink> {
  const shown = name.trim();
  if (shown === '' || shown.length > MAX_LINK_NAME || !isShownLine(shown))
    throw new InputError('name', `is ${quoted(name)}; it must be one line of 1 to ${MAX_LINK_NAME} characters`, {
      min: 1,
      max: MAX_LINK_NAME,
    });
  return links.put(userId, { id: randomBytes(ID_BYTES).toString('base64url'), name: shown, createdAt: new Date() });
}

/** The link with this id, unless the account of its owner is disabled. */
export async function activeWatchlistLink(
  links: WatchlistLinkStore,
  isDisabled: (userId: string) => Promise<boolean>,
  id: string,
): Promise<(WatchlistLink & { userId: string }) | undefined> {
  const link = LINK_ID.test(id) ? await links.find(id) : undefined;
  return link === undefined || (await isDisabled(link.userId)) ? undefined : link;
}
