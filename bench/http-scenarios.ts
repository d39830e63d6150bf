import { seeded } from '../pipeline/data/random.ts';
import type { Catalog } from '../src/catalog/catalog.ts';

/** One kind of request, sent again and again. */
export interface Scenario {
  /** Name of its figures. */
  slug: string;
  name: string;
  signedIn: boolean;
  /** Bodies that no round before had, unless the kind of request repeats itself. */
  bodies(round: number): string[];
}

/** More than a server answers in a round. */
const BODIES_A_ROUND = 20_000;
/** Mutations go round the same movies: what a library holds is bounded. */
const FEEDBACK_MOVIES = 200;

/** 20 movies with names, services, explanations and all contributions: about 21 KB of the real catalog. */
const RECOMMENDATIONS = `query ($prefs: PreferencesInput) { recommendations(prefs: $prefs) { totalCount nodes { score explanation
  movie { id title year runtime overview posterUrl genres { name } services { name } } reasons { kind label contribution } } } }`;
const MOVIE = `query ($id: ID!) { movie(id: $id) { id title year runtime overview posterUrl genres { name } services { name } directors cast
  keywords ratingAverage ratingCount similar { score explanation movie { id title posterUrl } } } }`;
const SEARCH = `query ($query: String!) { searchMovies(query: $query) { totalCount nodes { id title year posterUrl genres { name } } } }`;
const WATCHLIST = `{ viewer { watchlist(first: 50) { totalCount nodes { addedAt watched
  movie { id title year runtime posterUrl genres { name } services { name } viewerFeedback } } pageInfo { hasNextPage endCursor } } } }`;
const FEEDBACK = `mutation ($id: ID!, $signal: FeedbackSignal!) { setFeedback(movieId: $id, signal: $signal) { id viewerFeedback } }`;
export const ADD_TO_WATCHLIST = `mutation ($id: ID!) { addToWatchlist(movieId: $id) { addedAt } }`;

export function scenariosOf(catalog: Catalog): Scenario[] {
  const { movieIds, genres } = catalog.columns;
  const idAt = (row: number): string => String(movieIds[row]);
  const genreNames = genres.names.toArray();
  const random = (round: number, seed: number): (() => number) => seeded(seed + 1_000 * (round + 1));
  const some = (next: () => number, count: number, below: number): number[] => {
    const rows = new Set<number>();
    while (rows.size < Math.min(count, below)) rows.add(Math.floor(next() * below));
    return [...rows];
  };
  const preferences = (next: () => number, likes: number, withFilters: boolean): object => ({
    likedMovieIds: some(next, likes, movieIds.length).map(idAt),
    ...(withFilters ? { preferredGenres: some(next, 2, genreNames.length).map((row) => genreNames[row]), services: ['Netflix'] } : {}),
  });
  const many = (make: (n: number) => object): string[] => Array.from({ length: BODIES_A_ROUND }, (_, n) => JSON.stringify(make(n)));
  const other = (seed: number, likes: number, withFilters: boolean) => (round: number) => {
    const next = random(round, seed);
    return many(() => ({ query: RECOMMENDATIONS, variables: { prefs: preferences(next, likes, withFilters) } }));
  };
  const repeated = { query: RECOMMENDATIONS, variables: { prefs: preferences(random(0, 1), 5, true) } };
  return [
    { slug: 'repeated', name: 'repeated anonymous query', signedIn: false, bodies: () => [JSON.stringify(repeated)] },
    {
      slug: 'ranking-from-memory',
      name: 'the same, an unused variable differs',
      signedIn: false,
      bodies: (round) => many((n) => ({ ...repeated, variables: { ...repeated.variables, unused: round * BODIES_A_ROUND + n } })),
    },
    { slug: 'filters', name: 'other likes: 5 likes, 2 genres, Netflix', signedIn: false, bodies: other(2, 5, true) },
    { slug: '20-likes', name: 'other likes: 20 likes, no filter', signedIn: false, bodies: other(3, 20, false) },
    {
      slug: 'movie',
      name: 'movie by id',
      signedIn: false,
      bodies(round) {
        const next = random(round, 4);
        return many(() => ({ query: MOVIE, variables: { id: idAt(Math.floor(next() * movieIds.length)) } }));
      },
    },
    {
      slug: 'search',
      name: 'search by the beginning of a title',
      signedIn: false,
      bodies(round) {
        const next = random(round, 5);
        return many(() => {
          const title = catalog.title(catalog.indexAt(Math.floor(next() * movieIds.length)));
          return { query: SEARCH, variables: { query: title.slice(0, 3 + Math.floor(next() * 9)) } };
        });
      },
    },
    { slug: 'watchlist', name: 'watchlist of a signed-in viewer', signedIn: true, bodies: () => [JSON.stringify({ query: WATCHLIST })] },
    { slug: 'viewer-filters', name: 'signed in: 5 likes, 2 genres, Netflix', signedIn: true, bodies: other(6, 5, true) },
    {
      slug: 'mutation',
      name: 'mutation: feedback on a movie',
      signedIn: true,
      bodies: (round) =>
        many((n) => ({
          query: FEEDBACK,
          variables: { id: idAt(n % FEEDBACK_MOVIES), signal: (n / FEEDBACK_MOVIES + round) % 2 < 1 ? 'LIKE' : 'DISLIKE' },
        })),
    },
  ];
}
