/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query SciFiAndActionOnNetflix {\n  recommendations(\n    prefs: {likedMovieIds: [\"2571\"], preferredGenres: [\"Sci-Fi\", \"Action\"], services: [\"Netflix\"]}\n    first: 20\n  ) {\n    totalCount\n    nodes {\n      movie {\n        title\n        year\n        runtime\n        genres {\n          name\n        }\n        services {\n          name\n        }\n      }\n      explanation\n      score\n      reasons {\n        label\n        contribution\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.SciFiAndActionOnNetflixDocument,
    "query Search($query: String! = \"matirx\", $filter: MovieFilterInput = {yearMin: 1990}) {\n  searchMovies(query: $query, filter: $filter, first: 10) {\n    totalCount\n    nodes {\n      id\n      title\n      year\n      directors\n      ratingAverage\n      ratingCount\n    }\n  }\n}": typeof types.SearchDocument,
    "query MovieAndItsLikes($id: ID! = \"1214\") {\n  movie(id: $id) {\n    title\n    year\n    overview\n    directors\n    cast\n    keywords\n    originalLanguage\n    posterUrl(width: 500)\n    similar(first: 8) {\n      score\n      explanation\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n}": typeof types.MovieAndItsLikesDocument,
    "query Catalogue {\n  catalog {\n    version\n    dataset\n    movieCount\n    builtAt\n  }\n  genres {\n    id\n    name\n    movieCount\n  }\n  services {\n    id\n    name\n    movieCount\n  }\n}": typeof types.CatalogueDocument,
    "\n  fragment Poster_movie on Movie {\n    id\n    title\n    year\n    posterUrl(width: 342)\n    genres {\n      id\n      name\n    }\n  }\n": typeof types.Poster_MovieFragmentDoc,
    "\n  query PickOne {\n    viewer {\n      id\n      watchlist(status: TO_WATCH, first: 100) {\n        edges {\n          cursor\n          node {\n            movie {\n              id\n              title\n              year\n              runtime\n              overview\n              ...Poster_movie\n            }\n          }\n        }\n      }\n    }\n  }\n": typeof types.PickOneDocument,
    "\n  fragment WatchlistItem_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      id\n      title\n      year\n      runtime\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      ...Poster_movie\n    }\n  }\n": typeof types.WatchlistItem_EntryFragmentDoc,
    "\n  query Session {\n    viewer {\n      id\n      name\n      email\n      isGuest\n    }\n  }\n": typeof types.SessionDocument,
    "\n  mutation RemoveEntries($movieIds: [ID!]!) {\n    removeFromWatchlist(movieIds: $movieIds)\n  }\n": typeof types.RemoveEntriesDocument,
    "\n  mutation RestoreEntry($movieId: ID!, $watched: Boolean!) {\n    addToWatchlist(movieId: $movieId) {\n      addedAt\n      movie {\n        id\n      }\n    }\n    setWatched(movieIds: [$movieId], watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n": typeof types.RestoreEntryDocument,
    "\n  mutation SetWatched($movieIds: [ID!]!, $watched: Boolean!) {\n    setWatched(movieIds: $movieIds, watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n": typeof types.SetWatchedDocument,
    "\n  query Watchlist($status: WatchlistStatus!, $sort: WatchlistSort!, $after: String) {\n    viewer {\n      id\n      watchlist(status: $status, sort: $sort, first: 50, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            watched\n            movie {\n              id\n            }\n            ...WatchlistItem_entry\n          }\n        }\n      }\n    }\n  }\n": typeof types.WatchlistDocument,
};
const documents: Documents = {
    "query SciFiAndActionOnNetflix {\n  recommendations(\n    prefs: {likedMovieIds: [\"2571\"], preferredGenres: [\"Sci-Fi\", \"Action\"], services: [\"Netflix\"]}\n    first: 20\n  ) {\n    totalCount\n    nodes {\n      movie {\n        title\n        year\n        runtime\n        genres {\n          name\n        }\n        services {\n          name\n        }\n      }\n      explanation\n      score\n      reasons {\n        label\n        contribution\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.SciFiAndActionOnNetflixDocument,
    "query Search($query: String! = \"matirx\", $filter: MovieFilterInput = {yearMin: 1990}) {\n  searchMovies(query: $query, filter: $filter, first: 10) {\n    totalCount\n    nodes {\n      id\n      title\n      year\n      directors\n      ratingAverage\n      ratingCount\n    }\n  }\n}": types.SearchDocument,
    "query MovieAndItsLikes($id: ID! = \"1214\") {\n  movie(id: $id) {\n    title\n    year\n    overview\n    directors\n    cast\n    keywords\n    originalLanguage\n    posterUrl(width: 500)\n    similar(first: 8) {\n      score\n      explanation\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n}": types.MovieAndItsLikesDocument,
    "query Catalogue {\n  catalog {\n    version\n    dataset\n    movieCount\n    builtAt\n  }\n  genres {\n    id\n    name\n    movieCount\n  }\n  services {\n    id\n    name\n    movieCount\n  }\n}": types.CatalogueDocument,
    "\n  fragment Poster_movie on Movie {\n    id\n    title\n    year\n    posterUrl(width: 342)\n    genres {\n      id\n      name\n    }\n  }\n": types.Poster_MovieFragmentDoc,
    "\n  query PickOne {\n    viewer {\n      id\n      watchlist(status: TO_WATCH, first: 100) {\n        edges {\n          cursor\n          node {\n            movie {\n              id\n              title\n              year\n              runtime\n              overview\n              ...Poster_movie\n            }\n          }\n        }\n      }\n    }\n  }\n": types.PickOneDocument,
    "\n  fragment WatchlistItem_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      id\n      title\n      year\n      runtime\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      ...Poster_movie\n    }\n  }\n": types.WatchlistItem_EntryFragmentDoc,
    "\n  query Session {\n    viewer {\n      id\n      name\n      email\n      isGuest\n    }\n  }\n": types.SessionDocument,
    "\n  mutation RemoveEntries($movieIds: [ID!]!) {\n    removeFromWatchlist(movieIds: $movieIds)\n  }\n": types.RemoveEntriesDocument,
    "\n  mutation RestoreEntry($movieId: ID!, $watched: Boolean!) {\n    addToWatchlist(movieId: $movieId) {\n      addedAt\n      movie {\n        id\n      }\n    }\n    setWatched(movieIds: [$movieId], watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n": types.RestoreEntryDocument,
    "\n  mutation SetWatched($movieIds: [ID!]!, $watched: Boolean!) {\n    setWatched(movieIds: $movieIds, watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n": types.SetWatchedDocument,
    "\n  query Watchlist($status: WatchlistStatus!, $sort: WatchlistSort!, $after: String) {\n    viewer {\n      id\n      watchlist(status: $status, sort: $sort, first: 50, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            watched\n            movie {\n              id\n            }\n            ...WatchlistItem_entry\n          }\n        }\n      }\n    }\n  }\n": types.WatchlistDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SciFiAndActionOnNetflix {\n  recommendations(\n    prefs: {likedMovieIds: [\"2571\"], preferredGenres: [\"Sci-Fi\", \"Action\"], services: [\"Netflix\"]}\n    first: 20\n  ) {\n    totalCount\n    nodes {\n      movie {\n        title\n        year\n        runtime\n        genres {\n          name\n        }\n        services {\n          name\n        }\n      }\n      explanation\n      score\n      reasons {\n        label\n        contribution\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): (typeof documents)["query SciFiAndActionOnNetflix {\n  recommendations(\n    prefs: {likedMovieIds: [\"2571\"], preferredGenres: [\"Sci-Fi\", \"Action\"], services: [\"Netflix\"]}\n    first: 20\n  ) {\n    totalCount\n    nodes {\n      movie {\n        title\n        year\n        runtime\n        genres {\n          name\n        }\n        services {\n          name\n        }\n      }\n      explanation\n      score\n      reasons {\n        label\n        contribution\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Search($query: String! = \"matirx\", $filter: MovieFilterInput = {yearMin: 1990}) {\n  searchMovies(query: $query, filter: $filter, first: 10) {\n    totalCount\n    nodes {\n      id\n      title\n      year\n      directors\n      ratingAverage\n      ratingCount\n    }\n  }\n}"): (typeof documents)["query Search($query: String! = \"matirx\", $filter: MovieFilterInput = {yearMin: 1990}) {\n  searchMovies(query: $query, filter: $filter, first: 10) {\n    totalCount\n    nodes {\n      id\n      title\n      year\n      directors\n      ratingAverage\n      ratingCount\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MovieAndItsLikes($id: ID! = \"1214\") {\n  movie(id: $id) {\n    title\n    year\n    overview\n    directors\n    cast\n    keywords\n    originalLanguage\n    posterUrl(width: 500)\n    similar(first: 8) {\n      score\n      explanation\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n}"): (typeof documents)["query MovieAndItsLikes($id: ID! = \"1214\") {\n  movie(id: $id) {\n    title\n    year\n    overview\n    directors\n    cast\n    keywords\n    originalLanguage\n    posterUrl(width: 500)\n    similar(first: 8) {\n      score\n      explanation\n      movie {\n        id\n        title\n        year\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Catalogue {\n  catalog {\n    version\n    dataset\n    movieCount\n    builtAt\n  }\n  genres {\n    id\n    name\n    movieCount\n  }\n  services {\n    id\n    name\n    movieCount\n  }\n}"): (typeof documents)["query Catalogue {\n  catalog {\n    version\n    dataset\n    movieCount\n    builtAt\n  }\n  genres {\n    id\n    name\n    movieCount\n  }\n  services {\n    id\n    name\n    movieCount\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Poster_movie on Movie {\n    id\n    title\n    year\n    posterUrl(width: 342)\n    genres {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment Poster_movie on Movie {\n    id\n    title\n    year\n    posterUrl(width: 342)\n    genres {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PickOne {\n    viewer {\n      id\n      watchlist(status: TO_WATCH, first: 100) {\n        edges {\n          cursor\n          node {\n            movie {\n              id\n              title\n              year\n              runtime\n              overview\n              ...Poster_movie\n            }\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PickOne {\n    viewer {\n      id\n      watchlist(status: TO_WATCH, first: 100) {\n        edges {\n          cursor\n          node {\n            movie {\n              id\n              title\n              year\n              runtime\n              overview\n              ...Poster_movie\n            }\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WatchlistItem_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      id\n      title\n      year\n      runtime\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      ...Poster_movie\n    }\n  }\n"): (typeof documents)["\n  fragment WatchlistItem_entry on WatchlistEntry {\n    addedAt\n    watched\n    watchedAt\n    movie {\n      id\n      title\n      year\n      runtime\n      genres {\n        id\n        name\n      }\n      services {\n        id\n        name\n      }\n      ...Poster_movie\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Session {\n    viewer {\n      id\n      name\n      email\n      isGuest\n    }\n  }\n"): (typeof documents)["\n  query Session {\n    viewer {\n      id\n      name\n      email\n      isGuest\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveEntries($movieIds: [ID!]!) {\n    removeFromWatchlist(movieIds: $movieIds)\n  }\n"): (typeof documents)["\n  mutation RemoveEntries($movieIds: [ID!]!) {\n    removeFromWatchlist(movieIds: $movieIds)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreEntry($movieId: ID!, $watched: Boolean!) {\n    addToWatchlist(movieId: $movieId) {\n      addedAt\n      movie {\n        id\n      }\n    }\n    setWatched(movieIds: [$movieId], watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RestoreEntry($movieId: ID!, $watched: Boolean!) {\n    addToWatchlist(movieId: $movieId) {\n      addedAt\n      movie {\n        id\n      }\n    }\n    setWatched(movieIds: [$movieId], watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetWatched($movieIds: [ID!]!, $watched: Boolean!) {\n    setWatched(movieIds: $movieIds, watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetWatched($movieIds: [ID!]!, $watched: Boolean!) {\n    setWatched(movieIds: $movieIds, watched: $watched) {\n      watched\n      watchedAt\n      movie {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Watchlist($status: WatchlistStatus!, $sort: WatchlistSort!, $after: String) {\n    viewer {\n      id\n      watchlist(status: $status, sort: $sort, first: 50, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            watched\n            movie {\n              id\n            }\n            ...WatchlistItem_entry\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query Watchlist($status: WatchlistStatus!, $sort: WatchlistSort!, $after: String) {\n    viewer {\n      id\n      watchlist(status: $status, sort: $sort, first: 50, after: $after) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        edges {\n          cursor\n          node {\n            watched\n            movie {\n              id\n            }\n            ...WatchlistItem_entry\n          }\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;