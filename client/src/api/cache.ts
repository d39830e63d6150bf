import { type FieldPolicy, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** One list a set of arguments, its pages joined. */
const pagedBy = (...keyArgs: string[]): FieldPolicy => relayStylePagination(keyArgs);

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          recommendations: pagedBy('prefs', 'mode'),
          searchMovies: pagedBy('query', 'filter'),
          groupRecommendations: pagedBy('members', 'strategy'),
          movie: { read: (known, { args, toReference }) => known ?? toReference({ __typename: 'Movie', id: args?.id }) },
        },
      },
      Viewer: {
        fields: {
          watchlist: pagedBy('sort', 'status'),
          likedMovies: { merge: false },
          dislikedMovies: { merge: false },
          preferences: { merge: false },
        },
      },
      // A score and its reasons are of one list only; the movie in it is the same everywhere.
      Recommendation: { keyFields: false },
      // The names of movies, genres and services alike.
      ExplanationSubject: { keyFields: false },
      // An entry is its movie's.
      WatchlistEntry: { keyFields: ['movie', ['id']] },
    },
  });
}
