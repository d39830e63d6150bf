// Plain JavaScript: the launcher runs it on whatever Node is at hand.

/** The built server. */
export const SERVER = 'dist/main.js';

/**
 * What the server is started with, where its owner has set nothing else. Blocks from this size on are mapped apart from the heap, and go back
 * to the system when they are freed. By default glibc raises the size to that of the largest freed block, 32 MB at most: the sections of
 * versions that are no longer served would leave holes in the heap. deploy/ has the same value.
 */
export const SERVER_ENVIRONMENT = { MALLOC_MMAP_THRESHOLD_: '131072' };
