import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filePrice } from '../../src/http/export-routes.ts';
import { MAX_OWNED_BYTES, ownedMoviesPrice } from '../../src/http/owned-movies-route.ts';
import { OPERATION_ATTACKS, RANKING_ATTACKS } from '../attacks/attack-cases.ts';
import { OWNER_ATTACKS, POSTER_ATTACKS } from '../attacks/owner-attacks.ts';
import { DELETION_ATTACK, MANY_DOCUMENTS, ROUTE_ATTACKS, SITEMAP_ATTACK } from '../attacks/route-attacks.ts';
import { fixtureSnapshot } from '../fixture-release.ts';
import { routeNames } from '../route-names.ts';
import { type TestApp, testApp } from '../running-app.ts';
import { PROJECT, readPage } from './markdown.ts';

const PAGE = readPage('docs/reference/limits.md');
const [LIMITS, ATTACKS] = PAGE.split('## What hostile requests cost\n');
const DEFAULTS = parseEnv(readFileSync(`${PROJECT}/.env.example`, 'utf8'));
const MB = 1_048_576;

/** The number that a file of src gives a constant. */
function constant(file: string, name: string): number {
  const source = new RegExp(`^(?:export )?const ${name} = ([\\d_.*+ ]+);$`, 'm').exec(
    readFileSync(`${PROJECT}/src/${file}.ts`, 'utf8'),
  )?.[1];
  if (source === undefined) throw new Error(`src/${file}.ts has no number ${name}`);
  // `**` binds closer than `*`.
  const factors = source.replaceAll('_', '').split(/(?<!\*)\*(?!\*)/);
  return factors
    .map((factor) =>
      factor
        .split('**')
        .map(Number)
        .reduce((base, power) => base ** power),
    )
    .reduce((a, b) => a * b);
}

const from = (file: string) => (name: string) => constant(file, name);
const n = (value: number): string => value.toLocaleString('en');
const mb = (bytes: number): string => `${n(bytes / MB)} MB`;
const setting = (name: string): string => `\`${name}\` ${n(Number(DEFAULTS[name]))}`;
const settingRow = (name: string): string => `| \`${name}\` | ${n(Number(DEFAULTS[name]))} |`;

const caps = from('list-caps');
const budget = from('graphql/limits/request-budget');
const documents = from('graphql/limits/document-store');
const cost = from('graphql/limits/operation-cost');
const ranking = from('graphql/recommendation/ranking-cost');
const search = from('graphql/movie/movie.resolver');
const change = from('graphql/library/watchlist.resolver');
const admin = from('graphql/admin/admin.resolver');
const imported = from('graphql/library/history-import.resolver');
const rows = from('library/history/history-row');
const table = from('library/history/csv-records');
const zip = from('library/history/history-zip');
const thread = from('library/history/history-thread');
const stored = from('library/stored-rows');
const importing = from('library/import-history');
const hooks = from('library/hooks/hook-store');
const groups = from('library/groups/shared-group');
const push = from('library/push/push-subscription');
const hookRoute = from('http/hooks-route');
const owned = (name: string): number => constant('app/owned-movies-upload', name);
const form = from('http/form-fields');
const posters = from('http/poster-source');
const sitemap = from('http/sitemap-route');
const lists = from('library/library-store');
const attempts = from('rate-limit/attempt-counts');
const queue = (part: string): number =>
  Number(new RegExp(`${part}: (\\d+)`).exec(readFileSync(`${PROJECT}/src/rate-limit/heavy-queue.ts`, 'utf8'))?.[1]);
const bits = (rule: string): number => Number(new RegExp(rule).exec(readFileSync(`${PROJECT}/src/http/address-limits.ts`, 'utf8'))?.[1]);
const MINUTE_MS = 60_000;

/** Every passage of the page with a figure, as the code has it. */
const PASSAGES: string[] = [
  `| ${n(constant('app/graphql-execution', 'MAX_QUERY_LENGTH'))} characters |`,
  `| ${mb(documents('MAX_TEXT_BYTES'))}, the last used ones stay |`,
  ...['MAX_TOKENS', 'MAX_DEPTH', 'MAX_ALIASES', 'MAX_ROOT_FIELDS', 'MAX_DIRECTIVES', 'MAX_COMPLEXITY', 'BODY_LIMIT_BYTES'].map(setting),
  `| JSON values of a body, counted before it is parsed | ${n(constant('graphql/limits/json-values', 'MAX_JSON_VALUES'))} |`,
  `\`IMPORT_LIMIT_BYTES\` ${mb(Number(DEFAULTS.IMPORT_LIMIT_BYTES))}; ${mb(constant('http/graphql-route', 'MAX_GUEST_IMPORT_BYTES'))}`,
  `| values of an answer (fields and entries of lists of scalars) | ${n(budget('MAX_ANSWER_VALUES'))} |`,
  `| characters of an answer (field names and values) | ${n(budget('MAX_ANSWER_LENGTH'))} |`,
  ...['REQUEST_TIMEOUT_MS', 'ANONYMOUS_TIMEOUT_MS'].map(setting),
  `| ${budget('SLICE_MS')} ms, plus the ranking under way |`,
  `| ${constant('graphql/limits/answer-plugin', 'MAX_ERRORS')}; ${constant('graphql/errors', 'MAX_MESSAGE')} characters; ${constant('input-error', 'MAX_ECHO')} characters |`,
  `| ${mb(documents('MAX_BYTES'))} (text 2 bytes a character, ${documents('BYTES_OF_A_TOKEN')} bytes a token) |`,
  `| a page (\`edges\`, \`nodes\`), \`similar\` | \`first\`, at most ${caps('MAX_PER_PAGE')} |`,
  `| \`reasons\` | \`first\` (10 by default, at most ${caps('MAX_PER_PAGE')}) and one of`,
  `| \`first\` (${caps('MAX_IDS')} by default, at most ${caps('MAX_IDS')}) |`,
  `| number of ids, at most ${caps('MAX_IDS')} |`,
  `| number of members, at most ${constant('recommendations/group-recommendations', 'MAX_MEMBERS')} |`,
  `| ${constant('recommendations/explanation', 'MAX_PARTS')}, ${constant('recommendations/explanation', 'MAX_SUBJECTS')} |`,
  `| ${groups('MAX_GROUP_MEMBERS')}, ${groups('MAX_MEMBER_MOVIES')}; ${groups('MAX_GROUP_SERVICES')}, ${groups('MAX_VOTERS') * groups('MAX_VOTES_OF_A_VOTER')} |`,
  `shows the last ${n(constant('recommendations/recommend', 'MAX_SHARED_MOVIES'))} movies`,
  `At most ${push('MAX_PUSH_SUBSCRIPTIONS')} browsers of an account get messages`,
  `address of a browser has at most ${n(push('MAX_ENDPOINT_LENGTH'))} characters`,
  `${groups('MAX_GROUPS_OF_A_USER')} shared groups of a user and ${n(groups('MAX_GROUPS'))} of all`,
  `${groups('MAX_VOTERS')} voters of a group with ${groups('MAX_VOTES_OF_A_VOTER')} votes each`,
  `| \`operatorRules\` | ${caps('MAX_OPERATOR_RULES')}; another`,
  `| ${['GENRES', 'SERVICES', 'DIRECTORS', 'CAST', 'KEYWORDS'].map((name) => caps(`MAX_${name}_OF_A_MOVIE`)).join(', ')} |`,
  `| ${['GENRES', 'SERVICES', 'LANGUAGES'].map((name) => caps(`MAX_${name}`)).join(', ')} |`,
  `| lists of filters and preferences; \`people\`, \`keywords\`, \`collections\` | ${caps('MAX_LABELS')}; ${caps('MAX_TAGS')} each |`,
  `the latest ${n(constant('recommendations/viewer-profile', 'MAX_LATEST'))} of each; the latest ${caps('MAX_IDS')} that fit`,
  `| \`collectionMovies\` | ${caps('MAX_MOVIES_OF_A_COLLECTION')} |`,
  `| ${search('LIST_COST')} | \`catalogMovies\` |`,
  `| ${search('COST_OF_A_TAG')} | each of \`people\``,
  `| ${search('COLLECTION_COST')} | \`collectionMovies\` |`,
  `| \`candidates\` of a doubtful row | ${constant('catalog/movie-matcher', 'MAX_CANDIDATES')} |`,
  `| \`first\`, at most ${caps('MAX_PER_PAGE')}; ${caps('MAX_HOOK_USERS')} |`,
  `| ${n(3 * caps('MAX_IDS'))}; of a group ${n(3 * caps('MAX_IDS') * constant('recommendations/group-recommendations', 'MAX_MEMBERS'))} |`,
  `| ${cost('OPERATION_COST')} | an operation`,
  `| ${cost('FIELD_COST')} | a field |`,
  `| ${cost('CHANGE_COST')} | a change whose field has no other price |`,
  `| ${cost('CHANGE_COST')} + ${change('COST_OF_AN_ENTRY')} for each movie | \`setWatched\``,
  `| ${cost('CHANGE_COST')} + ${change('COST_OF_A_RESTORED_ENTRY')} for each entry | \`restoreToWatchlist\` |`,
  `| ${constant('graphql/recommendation/recommendation.type', 'REASON_FIELD_COST')} | a field of a reason or of a vote, or a fact of an imported row |`,
  `| ${constant('graphql/catalog/catalog.type', 'LABEL_COST')} | a field of a genre, service or language |`,
  `| ${cost('SCALAR_ENTRY_COST')} | an entry of a list of scalars |`,
  `| ${ranking('RANKING_COST')} + ${ranking('COST_OF_AN_ENTRY')} x first + ${ranking('COST_OF_AN_ATTRIBUTION')} x first x (likes + dislikes) |`,
  `\`recommendations\`; ${ranking('DIVERSE_COST')} more for DIVERSE`,
  `| ${ranking('GROUP_COST')} + the same for each member |`,
  '| 50 | `recommendation`, `similar` |',
  `| ${search('SEARCH_COST')} + ${search('COST_OF_A_WORD')} for each word, at most ${search('MAX_WORDS')} |`,
  `| ${n(imported('IMPORT_COST'))} + ${imported('COST_OF_A_KILOBYTE')} for a kilobyte, at most ${n(imported('IMPORT_COST') + imported('MAX_TEXT_COST'))} |`,
  'Some 60 points are a millisecond of processor time.',
  'a library of any length can be changed and exported.',
  `From ${n(constant('app/admission', 'HEAVY_PRICE'))} points in all on the request`,
  `| ${constant('recommendations/ranking', 'POINTS_OF_A_READ_MOVIE')} | a movie with feedback or watched`,
  `| ${stored('POINTS_OF_A_READ_ROW')} | an entry of the list for a page of`,
  `| ${stored('POINTS_OF_A_READ_ROW')} | a movie with feedback for`,
  `| ${constant('recommendations/recommend', 'POINTS_OF_A_PASSED_MOVIE')} | an entry of the owner's watchlist`,
  `| ${stored('POINTS_OF_A_COUNTED_ROW')} | an entry of the list to which`,
  `| ${stored('POINTS_OF_A_DELETED_ROW')} | a movie with feedback that`,
  `| ${admin('POINTS_OF_AN_ACCOUNT')}; ${admin('POINTS_OF_A_COUNTED_ENTRY')} | an account or guest`,
  `| ${constant('app/guest-merge', 'POINTS_OF_A_MERGED_ROW')} | a row of a guest's library`,
  `| ${importing('POINTS_OF_A_ROW')}; ${importing('POINTS_OF_A_STORED_MOVIE')} | a row of an import; a movie of an import`,
  `| ${importing('POINTS_OF_A_SIMILAR_WORD')} | a word of a row`,
  `| ${constant('library/history', 'POINTS_OF_AN_UNDONE_CHANGE')} | a change that`,
  'by more than 3 times.',
  `Other limits: ${caps('MAX_IDS')} ids in one argument, ${constant('recommendations/group-recommendations', 'MIN_MEMBERS')} to ${constant('recommendations/group-recommendations', 'MAX_MEMBERS')} members of a group, ${constant('catalog/search-movies', 'MAX_QUERY')} characters of a search, ${caps('MAX_IDS')} choices for rows`,
  `One import has at most ${constant('library/history/history-files', 'MAX_FILES')} files, ${n(rows('MAX_ROWS'))} rows in all of them, ${mb(zip('MAX_EXPANDED_BYTES'))} when unpacked, ${n(zip('MAX_ENTRIES'))} files in a zip, ${table('MAX_COLUMNS')} columns, and ${n(table('MAX_RECORD_BYTES'))} bytes in`,
  `Files of ${thread('MIN_THREAD_BYTES') / 1_024} KB and more are read in a thread of their own, which may take ${/maxOldGenerationSizeMb: (\d+)/.exec(readFileSync(`${PROJECT}/src/library/history/history-thread.ts`, 'utf8'))?.[1]} MB`,
  '| imports in one request | 1 |',
  `| ${n(rows('MAX_ROWS'))}; ${table('MAX_COLUMNS')}; ${n(table('MAX_RECORD_BYTES'))} |`,
  `| ${importing('MAX_SIMILAR_SEARCHES')}, with ${importing('MAX_SIMILAR_WORDS')} words in all |`,
  `| ${caps('MAX_IDS')} each; by default 500, 200, 500.`,
  `\`offset\` skips rows, at most ${n(rows('MAX_ROWS'))} |`,
  `| every ${n(importing('ROWS_PER_TURN'))} rows |`,
  `| 64 MB; ${n(constant('library/import-folder/import-report', 'MAX_ROWS'))} |`,
  `| ${mb(hookRoute('MAX_HOOK_BYTES'))}; ${n(hookRoute('MAX_EVENT_BYTES'))} bytes |`,
  `| ${ownedMoviesPrice(0)} and ${ownedMoviesPrice(1_000) - ownedMoviesPrice(0)} for each ${n(1_000)} characters. A list has at most ${n(owned('MAX_OWNED_MOVIES'))} movies and ${mb(MAX_OWNED_BYTES)} |`,
  `| ${form('MAX_FIELDS')} and ${form('MAX_FILES')} |`,
  `| events of one hook in a minute | ${setting('RATE_LIMIT_PER_KEY')} |`,
  `| ${hooks('MAX_EVENTS')}; ${n(hooks('MAX_WAITING'))} |`,
  `| users of media servers that are listed | ${caps('MAX_HOOK_USERS')} |`,
  ...['USER', 'KEY'].map((name) => settingRow(`RATE_LIMIT_PER_${name}`)),
  `${settingRow('RATE_LIMIT_PER_ADDRESS')} each address (of IPv6 the first ${bits('signIn \\? 48 : (\\d+)')} bits)`,
  settingRow('RATE_LIMIT_SIGN_IN'),
  `what an address (of IPv6 the first ${bits('signIn \\? (\\d+) :')} bits)`,
  ...['ANONYMOUS', 'PER_USER', 'PER_KEY', 'PER_ADDRESS'].map((name) => settingRow(`RATE_LIMIT_POINTS_${name}`)),
  `| ${constant('app/hook-receivers', 'EVENT_PRICE')} for an event, of the budget`,
  `at most ${n(constant('accounts/administration/audit-log', 'MAX_EXPORTED'))} entries |`,
  `| ${sitemap('SITEMAP_FILE_PRICE')} for a file of ${n(sitemap('MAX_ADDRESSES'))} addresses |`,
  `Only pictures of the catalog are fetched, ${posters('MAX_FETCHES')} at once, and ${posters('MAX_WAITING')} wait |`,
  `Operations and exports from ${n(constant('app/admission', 'HEAVY_PRICE'))} points on wait`,
  `Each thread runs ${queue('running')} heavy ones at once.`,
  `In a thread at most ${queue('waiting')} wait, and ${queue('waitingOfCaller')} of one caller.`,
  `A library keeps at most ${n(lists('MAX_LIST_LENGTH'))} movies on the watchlist and ${n(lists('MAX_LIST_LENGTH'))} with feedback; that of a guest ${n(lists('MAX_GUEST_LIST_LENGTH'))} of each.`,
  `Guests last ${constant('accounts/guests', 'GUEST_SECONDS') / 86_400} days`,
  `| \`RATE_LIMIT_PASSWORDS\` | ${DEFAULTS.RATE_LIMIT_PASSWORDS} in ${attempts('QUARTER_MS') / MINUTE_MS} minutes |`,
  `| \`RATE_LIMIT_GUESTS\` | ${DEFAULTS.RATE_LIMIT_GUESTS} in an hour | new guests of one address (of IPv6 the first 48 bits) |`,
  `counts here for up to ${constant('accounts/recent-credentials', 'MAX_AGE_MS') / 1_000} seconds more.`,
];

describe('docs/reference/limits.md', () => {
  it.each(PASSAGES)('is true: %s', (passage) => {
    expect(PAGE).toContain(passage);
  });

  it('has no other figure: each one is compared with the code, or stands in the table of attacks', () => {
    let rest = [...PASSAGES].sort((a, b) => b.length - a.length).reduce((text, passage) => text.replaceAll(passage, ''), LIMITS);
    // Addresses, examples, and the status beside a code of docs/reference/errors.md.
    rest = rest
      .replace(/^```[\s\S]*?^```$/gm, '')
      .replace(/\]\([^)]*\)/g, '')
      .replace(/\b[45]\d\d( `[A-Z_]+`|, a code each)/g, '')
      .replace(/`[^`\n]*`/g, '');
    rest = rest.replaceAll('status 429', '').replace('They answer 429 too', '').replace(PRICE_OF_FILES, '').replace(PRICE_OF_FILES, '');
    expect(rest.match(/.*\d.*/g)).toBeNull();
    expect(ATTACKS).toContain('| request | answer | CPU ms |');
  });

  it('has a row for every attack', () => {
    const routes = [...ROUTE_ATTACKS, ...OWNER_ATTACKS, DELETION_ATTACK, MANY_DOCUMENTS, SITEMAP_ATTACK, ...POSTER_ATTACKS];
    const names = [...RANKING_ATTACKS, ...RANKING_ATTACKS, ...OPERATION_ATTACKS, ...routes].map(({ name }) => name);
    const rows = [...ATTACKS.matchAll(/^\| (?!request|---)(.+?) \| \d{3}/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(names.sort());
  });
});

/** Compared with the code by the price that a file costs. */
const PRICE_OF_FILES = '100 and 0.5 for each entry';

describe('the routes in docs/reference/limits.md', () => {
  let app: TestApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot, {
      metricsPage: { page: { contentType: 'text/plain', text: async () => '' }, token: undefined },
      publicUrl: 'https://films.example',
      sitemap: true,
      posterRoute: { posters: undefined as never, sizes: new Set(), isPoster: () => false },
    });
  });
  afterAll(() => app.shutDown(0));

  const documented = [...LIMITS.matchAll(/^\| (.*`(?:GET|POST|PUT) .*) \| (free|counted|points) \| (.+) \|$/gm)].flatMap(
    ([, names, payment]) => [...names.matchAll(/`((?:GET|POST|PUT) [^`]+)`/g)].map(([, name]) => [name, payment]),
  );
  /** Files of the build, which the app in this test lacks. */
  const BUILT = /^GET \/(assets\/\*|service-worker.js|icon.*)$/;

  it('are those of the server, each with what it costs', () => {
    const paymentOf = (name: string) => {
      const [method, url] = name.split(' ');
      return app.fastify.routes.find((route) => route.url === url && route.methods.includes(method))?.payment;
    };
    const served = routeNames(app.fastify.routes).map((name) => [name, paymentOf(name)]);
    expect(documented.filter(([name]) => !BUILT.test(name)).sort()).toEqual(served);
    expect(documented.filter(([name]) => BUILT.test(name))).toHaveLength(6);
  });

  it('have the price of a file', () => {
    const prices = [...LIMITS.matchAll(/points \| (\d+) and ([\d.]+) for each entry/g)].map(([, base, row]) => [Number(base), Number(row)]);
    expect(prices).toHaveLength(2);
    for (const [base, row] of prices) expect([filePrice(0), filePrice(10) - filePrice(0)]).toEqual([base, 10 * row]);
  });
});
