declare const brand: unique symbol;

/** A MovieLens movieId, by which the API and the library name a movie. It stays the same in every version of the catalog. */
export type MovieId = number & { readonly [brand]: 'MovieId' };

/** The row of a movie in every column of one artifact version. It never leaves the server: another version numbers its rows anew. */
export type MovieIndex = number & { readonly [brand]: 'MovieIndex' };
