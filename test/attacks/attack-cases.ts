import { makeZip } from '../zip-fixture.ts';

/** One operation: what is sent, and the code with which it must be refused (undefined: it is answered). */
export interface OperationAttack {
  name: string;
  /** Made when it is sent, because some are megabytes. */
  body(): string;
  /** Sent by a guest. */
  asGuest?: boolean;
  code: string | undefined;
}

const ids = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => String(from + i * 3));
const operation = (query: string, variables: object = {}): string => JSON.stringify({ query, variables });
const importOf = (text: string, source = 'LETTERBOXD_WATCHED'): string =>
  operation(
    `mutation ($text: String!) { importHistory(text: $text, source: ${source}, dryRun: true) { rowCount taken(first: 5) { row } doubtful(first: 5) { row } } }`,
    { text },
  );

const filesOf = (zip: Buffer): string =>
  operation('mutation ($files: [HistoryFileInput!]!) { importFiles(files: $files, dryRun: true) { rowCount } }', {
    files: [{ name: 'export.zip', base64: zip.toString('base64') }],
  });

function words(count: number, seed: number): string {
  let state = seed * 2_654_435_761;
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const letter = (): string => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return letters[(state >>> 16) % 26];
  };
  return Array.from({ length: count }, () => Array.from({ length: 7 }, letter).join('')).join(' ');
}

/** Eight members with 400 likes and 400 dislikes each. */
const MEMBERS = Array.from({ length: 8 }, (_, n) => ({ likedMovieIds: ids(1 + n, 400), dislikedMovieIds: ids(1_300 + n, 400) }));
const PREFS = { likedMovieIds: ids(1, 500), dislikedMovieIds: ids(2_000, 500) };
const GROUP = 'query ($members: [PreferencesInput!]!, $first: Int!) { groupRecommendations(members: $members, first: $first) { nodes';
const RECOMMENDATIONS =
  'query ($prefs: PreferencesInput, $first: Int!, $mode: RecommendationMode! = FOR_YOU) { recommendations(prefs: $prefs, first: $first, mode: $mode) { nodes';

/** Attacks whose cost is that of a ranking. */
export const RANKING_ATTACKS: OperationAttack[] = [
  {
    name: 'group of 8 x (400 + 400), first 100, reasons with movies',
    body: () =>
      operation(`${GROUP} { members { explanation reasons { label contribution movie { title } } } } } }`, {
        members: MEMBERS,
        first: 100,
      }),
    code: 'QUERY_TOO_COMPLEX',
  },
  {
    name: 'the same, as much as the limits allow (first 8)',
    body: () =>
      operation(`${GROUP} { members { explanation reasons { label contribution movie { title } } } } } }`, { members: MEMBERS, first: 8 }),
    code: undefined,
  },
  {
    name: 'recommendations of 500 + 500, first 100, reasons with whole movies',
    body: () => operation(`${RECOMMENDATIONS} { reasons { movie { title overview keywords cast } } } } }`, { prefs: PREFS, first: 100 }),
    code: undefined,
  },
  {
    name: 'DIVERSE of 500 + 500, first 100',
    body: () => operation(`${RECOMMENDATIONS} { score explanation } } }`, { prefs: PREFS, first: 100, mode: 'DIVERSE' }),
    code: undefined,
  },
  {
    name: '20 DIVERSE rankings of 50 + 50',
    body: () => {
      const rankings = Array.from({ length: 20 }, (_, n) => `a${n}: recommendations(prefs: $p${n}, mode: DIVERSE) { totalCount }`);
      const variables = Object.fromEntries(
        rankings.map((_, n) => [`p${n}`, { likedMovieIds: ids(1 + n, 50), dislikedMovieIds: ids(2_000 + n, 50) }]),
      );
      return operation(`query (${rankings.map((_, n) => `$p${n}: PreferencesInput`).join(' ')}) { ${rankings.join(' ')} }`, variables);
    },
    code: undefined,
  },
  {
    name: '10 groups of 8',
    body: () => {
      const groups = Array.from({ length: 10 }, (_, n) => `a${n}: groupRecommendations(members: $members, first: ${n + 1}) { totalCount }`);
      const members = MEMBERS.map(({ likedMovieIds }) => ({ likedMovieIds: likedMovieIds.slice(0, 50) }));
      return operation(`query ($members: [PreferencesInput!]!) { ${groups.join(' ')} }`, { members });
    },
    code: undefined,
  },
  {
    name: 'similar of 180 movies',
    body: () => operation('query ($ids: [ID!]!) { movies(ids: $ids) { similar(first: 1) { score } } }', { ids: ids(1, 180) }),
    code: undefined,
  },
];

export const OPERATION_ATTACKS: OperationAttack[] = [
  {
    name: '28 texts of 500 movies',
    body: () => {
      const overviews = Array.from({ length: 14 }, (_, n) => `a${n}: overview b${n}: title`).join(' ');
      return operation(`query ($ids: [ID!]!) { movies(ids: $ids) { ${overviews} } }`, { ids: ids(1, 500) });
    },
    code: undefined,
  },
  {
    name: 'reasons { movie { similar } }',
    body: () => operation(`${RECOMMENDATIONS} { reasons { movie { similar(first: 1) { score } } } } } }`, { prefs: PREFS, first: 100 }),
    code: 'QUERY_TOO_COMPLEX',
  },
  {
    name: 'likedMovies { similar(first: 1) { score } }',
    body: () => operation('{ viewer { likedMovies { similar(first: 1) { score } } } }'),
    asGuest: true,
    code: 'QUERY_TOO_COMPLEX',
  },
  {
    name: 'import: 40,000 columns x 20,000 rows in 80 KB',
    body: () => importOf(`Name${','.repeat(40_000)}\n${'a\n'.repeat(20_000)}`),
    asGuest: true,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'import: 50,000 rows of one movie',
    body: () => importOf(`Name,Year\n${'Alien,1979\n'.repeat(50_000)}`),
    asGuest: true,
    code: undefined,
  },
  {
    name: 'import: 1,000 titles of 22 random words',
    body: () => importOf(`Name\n${Array.from({ length: 1_000 }, (_, n) => words(22, n + 1)).join('\n')}\n`),
    asGuest: true,
    code: undefined,
  },
  {
    name: 'import: 10 MB of line ends',
    body: () => importOf(`Name\n${'a\n'.repeat(3_000_000)}`),
    asGuest: true,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'import: a zip of 100 KB that unpacks to 100 MB',
    body: () => filesOf(makeZip([{ name: 'ratings.csv', content: Buffer.alloc(100 * 1_048_576, 'a\n'), compressed: true }])),
    asGuest: true,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'import: a zip with 20,000 empty files',
    body: () => filesOf(makeZip(Array.from({ length: 20_000 }, (_, n) => ({ name: `${n}.csv`, content: '' })))),
    asGuest: true,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'variables: 1,200,000 x {} for [ID!]!',
    body: () => `{"query":"query ($ids: [ID!]!) { movies(ids: $ids) { id } }","variables":{"ids":[${'{},'.repeat(1_200_000)}{}]}}`,
    asGuest: true,
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    name: 'variables: 4,500 unknown fields',
    body: () =>
      operation('query ($prefs: PreferencesInput) { recommendations(prefs: $prefs) { totalCount } }', {
        prefs: Object.fromEntries(Array.from({ length: 4_500 }, (_, n) => [`field${n}`, n])),
      }),
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'one string of 9 MB for an ID',
    body: () => operation('query ($id: ID!) { movie(id: $id) { id } }', { id: 'x'.repeat(9_000_000) }),
    asGuest: true,
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    name: 'a document with 95 KB of comment',
    body: () => operation(`{ catalog { version } } # ${'x'.repeat(95_000)}`),
    code: 'QUERY_TOO_LONG',
  },
  {
    name: '12 searches of 12 random words',
    body: () =>
      operation(
        `{ ${Array.from({ length: 12 }, (_, n) => `a${n}: searchMovies(query: "${words(12, n + 1)}") { totalCount }`).join(' ')} }`,
      ),
    code: undefined,
  },
];
