declare const brand: unique symbol;

/**
 * The number by which the library and the artifacts name a movie: its MovieLens movieId, or TMDb's id below 0 for a movie that MovieLens
 * does not have. MovieTable finds a movie by both, so an id stays good when a later version has the movie under its MovieLens id.
 */
export type MovieId = number & { readonly [brand]: 'MovieId' };

/** The row of a movie in every column of one artifact version. It never leaves the server: another version numbers its rows anew. */
export type MovieIndex = number & { readonly [brand]: 'MovieIndex' };
