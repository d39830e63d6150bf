import { graphql } from '../../../generated/index.ts';

/** The fields that mutations of the watchlist return of an entry. The cache finds the entry by its movie's id. */
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
