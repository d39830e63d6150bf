/** Keys that were seen once are remembered in so many slots, which must be a power of two. */
const SLOTS = 16_384;

/** Tells keys that come again from those that come once, which leave 4 bytes and displace nothing but each other. */
export class SeenBefore {
  readonly #slots = new Uint32Array(SLOTS);

  /** Whether the key was seen not long ago. It is from now on. */
  see(key: string): boolean {
    const hash = hashOf(key);
    const slot = hash & (SLOTS - 1);
    if (this.#slots[slot] === hash) return true;
    this.#slots[slot] = hash;
    return false;
  }
}

/** FNV-1a over UTF-16 code units, never 0. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0 || 1;
}
