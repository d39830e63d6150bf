import { type FieldPolicy, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** One list for each set of arguments. Its pages are joined. */
const pagedBy = (...keyArgs: string[]): FieldPolicy => relayStylePagination(keyArgs);

export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          recommendations: pagedBy('prefs', 'mode', 'sort', 'onWatchlist', 'sharedWatchlistId'),
          searchMovies: pagedBy('query', 'filter'),
          catalogMovies: pagedBy('filter', 'sort'),
          groupRecommendations: pagedBy('members', 'strategy'),
          movie: { read: (known, { args, toReference }) => known ?? toReference({ __typename: 'Movie', id: args?.id }) },
        },
      },
      Viewer: {
        fields: {
          watchlist: pagedBy('sort', 'status'),
          ratings: pagedBy('sort'),
          likedMovies: { merge: false },
          dislikedMovies: { merge: false },
          notInterestedMovies: { merge: false },
          profileTraits: { merge: false },
          preferences: { merge: false },
          webPush: { merge: false },
        },
      },
      // The page of the server asks for its parts one by one. There is one of each.
      Admin: { keyFields: [], fields: { accounts: { keyArgs: ['search'], merge: false }, auditLog: { keyArgs: [], merge: false } } },
      CatalogAdmin: { keyFields: [] },
      RegistrationSetting: { keyFields: [] },
      // A score and its reasons belong to one list. Its movie is a shared object.
      Recommendation: { keyFields: false },
      // Movies, genres and services may have the same name.
      ExplanationSubject: { keyFields: false },
      // A movie has one entry at most, so its id identifies the entry.
      WatchlistEntry: { keyFields: ['movie', ['id']] },
    },
  });
}
