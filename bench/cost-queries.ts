/** What the queries ask about, so that every id and word is found. */
export interface KnownCatalog {
  movieIds: readonly number[];
  /** Title and year of each movie. */
  titles: readonly string[];
  titleWords: readonly string[];
  keywords: readonly string[];
  people: readonly string[];
  collections: readonly string[];
  /** A group of 8 members with 30 movies each. */
  sharedGroup: string;
  /** The link to a long watchlist. */
  sharedWatchlist: string;
}

/** One query to be priced and measured. `n` makes every run a request that no cache knows. */
export interface CostQuery {
  name: string;
  query: string;
  variables(n: number, known: KnownCatalog): Record<string, unknown>;
  /** Asked of a release with ratings models. */
  hybrid?: boolean;
  /** Asked by a viewer with a watchlist of WATCHLIST movies, by one with LIKES likes, or by one who changes things. Left out: signed out. */
  viewer?: CostViewer;
}

export type CostViewer = 'LISTER' | 'LIKER' | 'WRITER';

export const WATCHLIST = 500;
export const LIKES = 40_000;

const SEARCH = 'query ($text: String!, $first: Int!) { searchMovies(query: $text, first: $first) { nodes { id title year } } }';
const RANKING = (fields: string): string =>
  `query ($prefs: PreferencesInput, $first: Int!, $mode: RecommendationMode! = FOR_YOU) { recommendations(prefs: $prefs, first: $first, mode: $mode) { nodes { ${fields} } } }`;
const GROUP = (fields: string): string =>
  `query ($members: [PreferencesInput!]!, $first: Int!) { groupRecommendations(members: $members, first: $first) { nodes { ${fields} } } }`;
const CARD = 'score movie { id title year posterUrl }';
const REASONS = `${CARD} reasons(first: 10) { kind label contribution }`;

/** Every seventh movie from a place that depends on `n`. */
function idsOf(count: number, n: number, { movieIds }: KnownCatalog): string[] {
  return Array.from({ length: count }, (_, i) => String(movieIds[(n * 7_919 + i * 7) % movieIds.length]));
}

function searches(words: number, first: number): CostQuery {
  const text = (n: number, { titleWords }: KnownCatalog): string =>
    Array.from({ length: words }, (_, i) => titleWords[(n * 31 + i * 7) % titleWords.length]).join(' ');
  return {
    name: `search, ${words} words, first ${first}`,
    query: SEARCH,
    variables: (n, known) => ({ text: text(n, known).slice(0, 200), first }),
  };
}

function ranking(name: string, likes: number, first: number, fields = CARD, more: { prefs?: object; mode?: string } = {}): CostQuery {
  const prefs = (n: number, known: KnownCatalog): object => ({
    likedMovieIds: idsOf(Math.min(likes, 500), n, known),
    dislikedMovieIds: likes > 500 ? idsOf(likes - 500, n + 3, known) : [],
    yearMin: 1_900 + (n % 40),
    ...more.prefs,
  });
  const mode = more.mode ?? 'FOR_YOU';
  return { name: `recommendations, ${name}`, query: RANKING(fields), variables: (n, known) => ({ prefs: prefs(n, known), first, mode }) };
}

function group(members: number, likes: number, first: number, fields = CARD): CostQuery {
  const variables = (n: number, known: KnownCatalog): Record<string, unknown> => ({
    members: Array.from({ length: members }, (_, m) => ({ likedMovieIds: idsOf(likes, n + 31 * m, known) })),
    first,
  });
  return { name: `group of ${members}, ${likes} likes each, first ${first}`, query: GROUP(fields), variables };
}

const movie = (name: string, fields: string): CostQuery => ({
  name,
  query: `query ($id: ID!) { movie(id: $id) { ${fields} } }`,
  variables: (n, known) => ({ id: idsOf(1, n, known)[0] }),
});

const movies = (count: number, fields: string, what: string): CostQuery => ({
  name: `movies of ${count} ids, ${what}`,
  query: `query ($ids: [ID!]!) { movies(ids: $ids) { ${fields} } }`,
  variables: (n, known) => ({ ids: idsOf(count, n, known) }),
});

const hybrid = (query: CostQuery): CostQuery => ({ ...query, name: `hybrid: ${query.name}`, hybrid: true });

const LISTED = 'totalCount pageInfo { hasNextPage } edges { cursor node { addedAt watched watchedAt movie { id title year posterUrl } } }';

function watchlist(first: number, sort: string): CostQuery {
  return {
    name: `watchlist by ${sort}, first ${first}`,
    query: `query ($first: Int!) { viewer { watchlist(first: $first, sort: ${sort}) { ${LISTED} } } }`,
    variables: () => ({ first }),
    viewer: 'LISTER',
  };
}

/** A dry run reads, matches and merges as an import does, and leaves the library as it was. */
function importing(rows: number): CostQuery {
  const text = (n: number, { titles }: KnownCatalog): string =>
    `Name,Year,Rating\n${Array.from({ length: rows }, (_, i) => `${titles[(n * 7_919 + i * 7) % titles.length]},${1 + (i % 5)}`).join('\n')}\n`;
  return {
    name: `importHistory, ${rows} rows`,
    query:
      'mutation ($text: String!) { importHistory(text: $text, source: LETTERBOXD_RATINGS, dryRun: true) { rowCount takenCount likes dislikes } }',
    variables: (n, known) => ({ text: text(n, known) }),
    viewer: 'LISTER',
  };
}

/** By what the viewer stored. `n` makes the request one that no cache knows, and no list shorter by much. */
function stored(name: string, viewer: CostViewer | undefined, stated: string, fields = CARD): CostQuery {
  return {
    name: `recommendations, ${name}`,
    query: `query ($yearMin: Int!) { recommendations(prefs: { yearMin: $yearMin }, first: 20, ${stated}) { nodes { ${fields} } } }`,
    variables: (n) => ({ yearMin: 1_900 + (n % 40) }),
    ...(viewer && { viewer }),
  };
}

function listing(name: string, filter: (n: number, known: KnownCatalog) => object, sort = 'POPULAR'): CostQuery {
  return {
    name: `catalogMovies, ${name}`,
    query: `query ($filter: MovieFilterInput) { catalogMovies(filter: $filter, sort: ${sort}, first: 20) { totalCount nodes { id title year } } }`,
    variables: (n, known) => ({ filter: { yearMin: 1_900 + (n % 40), ...filter(n, known) } }),
  };
}

/** At most ten entries from all parts of the list. They depend on `n`. */
const tenOf = (list: readonly string[], n: number): string[] => [
  ...new Set(Array.from({ length: 10 }, (_, i) => list[(n * 7_919 + i * 104_729) % list.length])),
];

/** Likes that are taken back in the next run, so that the list stays as long as it is. */
function likes(viewer: CostViewer, count: number): CostQuery {
  const changes = Array.from({ length: count }, (_, i) => `a${i}: setFeedback(movieId: $id${i}, signal: $signal) { id }`);
  return {
    name: `${count} x setFeedback, ${viewer === 'LIKER' ? '40,000 likes' : 'few likes'}`,
    query: `mutation ($signal: FeedbackSignal!, ${changes.map((_, i) => `$id${i}: ID!`).join(', ')}) { ${changes.join(' ')} }`,
    variables: (n, known) => ({
      signal: n % 2 === 0 ? 'LIKE' : 'NONE',
      ...Object.fromEntries(changes.map((_, i) => [`id${i}`, String(known.movieIds[LIKES + 100 + i])])),
    }),
    viewer,
  };
}

/** Movies are put on the list and taken off again. */
const RESTORED: CostQuery = {
  name: 'restoreToWatchlist and removeFromWatchlist, 500 each',
  query:
    'mutation ($ids: [ID!]!, $entries: [RemovedEntryInput!]!) { restoreToWatchlist(entries: $entries) { addedAt } removeFromWatchlist(movieIds: $ids) }',
  variables: (n, known) => {
    const ids = [...new Set(idsOf(500, n, known))];
    return { ids, entries: ids.map((movieId) => ({ movieId, addedAt: '2026-01-02T03:04:05Z', watched: false })) };
  },
  viewer: 'WRITER',
};

const WATCHED: CostQuery = {
  name: 'setWatched of 500',
  query: 'mutation ($ids: [ID!]!, $watched: Boolean!) { setWatched(movieIds: $ids, watched: $watched) { watchedAt } }',
  variables: (n, { movieIds }) => ({ ids: movieIds.slice(0, WATCHLIST).map(String), watched: n % 2 === 0 }),
  viewer: 'WRITER',
};

const WHOLE = 'id title year runtime overview genres { name } keywords cast directors services { name } posterUrl';

export const COST_QUERIES: readonly CostQuery[] = [
  searches(1, 10),
  searches(4, 10),
  searches(12, 10),
  searches(1, 100),
  searches(12, 100),
  movie('movie, title', 'id title'),
  movie('movie, whole', WHOLE),
  movie('movie, 10 similar', 'id similar(first: 10) { score movie { title } }'),
  movie('movie, 100 similar', 'id similar(first: 100) { score movie { title } }'),
  movies(20, 'id title', 'titles'),
  movies(100, 'id title year', 'titles'),
  movies(500, 'id title year', 'titles'),
  movies(100, WHOLE, 'whole'),
  movies(50, 'similar(first: 1) { score }', 'similar'),
  ranking('no likes, first 20', 0, 20),
  ranking('5 likes, first 20', 5, 20),
  ranking('5 likes, first 100', 5, 100),
  ranking('100 likes, first 20', 100, 20),
  ranking('1,000 ids, first 20', 1_000, 20),
  ranking('1,000 ids, first 100', 1_000, 100),
  ranking('5 likes, filters', 5, 20, CARD, { prefs: { preferredGenres: ['Drama', 'Comedy'], runtimeMax: 120 } }),
  ranking('5 likes, 20 with reasons', 5, 20, REASONS),
  ranking('100 likes, 20 with reasons', 100, 20, REASONS),
  ranking('1,000 ids, 20 with reasons', 1_000, 20, REASONS),
  ranking('DIVERSE, 5 likes, first 20', 5, 20, CARD, { mode: 'DIVERSE' }),
  ranking('DIVERSE, 1,000 ids, first 100', 1_000, 100, CARD, { mode: 'DIVERSE' }),
  ranking('TRENDING, first 20', 0, 20, CARD, { mode: 'TRENDING' }),
  group(2, 5, 20),
  group(2, 400, 20),
  group(8, 5, 20),
  group(8, 400, 20),
  hybrid(movie('movie, 10 similar', 'id similar(first: 10) { score movie { title } }')),
  hybrid(movies(50, 'similar(first: 1) { score }', 'similar')),
  hybrid(ranking('no likes, first 20', 0, 20)),
  hybrid(ranking('5 likes, first 20', 5, 20)),
  hybrid(ranking('100 likes, first 20', 100, 20)),
  hybrid(ranking('1,000 ids, first 100', 1_000, 100)),
  hybrid(ranking('100 likes, 20 with reasons', 100, 20, REASONS)),
  hybrid(ranking('DIVERSE, 5 likes, first 20', 5, 20, CARD, { mode: 'DIVERSE' })),
  hybrid(group(2, 5, 20)),
  hybrid(group(8, 400, 20)),
  listing('all', () => ({})),
  listing('by runtime', () => ({}), 'SHORTEST'),
  listing('one keyword', (n, { keywords }) => ({ keywords: tenOf(keywords, n).slice(0, 1) })),
  listing('10 people, keywords and collections', (n, { people, keywords, collections }) => ({
    people: tenOf(people, n),
    keywords: tenOf(keywords, n),
    collections: tenOf(collections, n),
  })),
  movie('movie, its collection', 'id collectionMovies { id title year }'),
  stored('sorted', undefined, 'sort: NEWEST'),
  {
    name: 'sharedGroup of 8',
    query: 'query ($id: ID!) { sharedGroup(id: $id) { id version members { name movieIds } votes { movieId count } } }',
    variables: (_, { sharedGroup }) => ({ id: sharedGroup }),
  },
  {
    name: 'shared watchlist',
    query: `query ($id: ID!) { sharedWatchlist(id: $id) { name } recommendations(sharedWatchlistId: $id, first: 20) { totalCount nodes { movie { title } } } }`,
    variables: (_, { sharedWatchlist }) => ({ id: sharedWatchlist }),
  },
  stored('on the watchlist', 'LISTER', 'onWatchlist: true'),
  stored('40,000 stored likes', 'LIKER', 'mode: FOR_YOU'),
  stored('40,000 stored likes, with reasons', 'LIKER', 'mode: FOR_YOU', REASONS),
  hybrid(stored('40,000 stored likes', 'LIKER', 'mode: FOR_YOU')),
  watchlist(20, 'RECENTLY_ADDED'),
  watchlist(100, 'TITLE'),
  likes('WRITER', 1),
  likes('WRITER', 20),
  likes('LIKER', 1),
  likes('LIKER', 20),
  WATCHED,
  RESTORED,
  importing(100),
  importing(2_000),
];
