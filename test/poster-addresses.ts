import type { PosterAddresses } from '../src/catalog/poster-url.ts';

/** What the server has when nothing is configured. */
export const TMDB_POSTERS: PosterAddresses = { base: 'https://image.tmdb.org/t/p', others: true };
