import { graphql } from '../../../generated/index.ts';

/** The fields that cards, watchlist entries and group lists show of a movie. */
export const MovieSummary_movie = graphql(`
  fragment MovieSummary_movie on Movie {
    id
    title
    year
    runtime
    genres {
      id
      name
    }
    services {
      id
      name
    }
    ...Poster_movie
  }
`);
