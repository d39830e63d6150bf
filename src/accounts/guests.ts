/** How long a guest's session lives after the last visit. */
export const GUEST_SECONDS = 7 * 86_400;

/** `isAnonymous` is the auth library's word. */
export function isGuest(user: object): boolean {
  return 'isAnonymous' in user && Boolean(user.isAnonymous);
}
