import { graphql } from '../../../generated/index.ts';

/** What mutations of the watchlist return of an entry. The cache needs the movie's id to find it. */
export const EntryState_entry = graphql(`
  fragment EntryState_entry on WatchlistEntry {
    addedAt
    watched
    watchedAt
    movie {
      id
    }
  }
`);
