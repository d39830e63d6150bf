import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getVariableValues,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../../pipeline/data/random.ts';
import { OPEN_SIGN_IN } from '../../../test/administration-rooms.ts';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { TMDB_POSTERS } from '../../../test/poster-addresses.ts';
import { NO_METRICS } from '../../../test/recording-metrics.ts';
import {
  emptyAdministration,
  emptyLibrary,
  emptyState,
  NO_REFRESH,
  NO_RELEASES,
  rulesOf,
  smallRankings,
} from '../../../test/running-app.ts';
import type { AdministrationRooms } from '../../accounts/administration/rooms.ts';
import type { Identity } from '../../accounts/identity.ts';
import { setFeedback } from '../../library/feedback.ts';
import type { LibraryStore } from '../../library/library-store.ts';
import { RunningImports } from '../../library/running-imports.ts';
import { addToWatchlist } from '../../library/watchlist.ts';
import type { Snapshot } from '../../recommendations/snapshot.ts';
import { createContext, type RequestContext } from '../context.ts';
import { spendBudget } from '../limits/budgeted-schema.ts';
import { callerGoneError } from '../limits/request-budget.ts';
import { createSchema } from '../schema.ts';
import { CompiledOperation } from './compiled-operation.ts';
import { NotCompiled } from './operation-fields.ts';
import { QueryExecutor } from './query-executor.ts';

const PREFS = { likedMovieIds: ['2571', '1214', 'nothing'], dislikedMovieIds: ['1'], preferredGenres: ['sci-fi'], services: ['netflix'] };

const CORPUS: [name: string, query: string, variables?: Record<string, unknown>][] = [
  [
    'lists, nulls and nested objects',
    '{ movies(ids: ["2571", "nothing", "1"]) { id title year overview genres { id name } services { name } cast } }',
  ],
  ['aliases of fields and of lists', '{ a: movie(id: "1") { b: title c: title title } d: movie(id: "1") { title } }'],
  ['fields that merge', '{ movie(id: "1") { genres { id } } movie(id: "1") { genres { name } ... { genres { movieCount } } } }'],
  [
    'fragments',
    'query { movie(id: "1") { ...A ...A } } fragment A on Movie { title ...B } fragment B on Movie { id ... on Movie { year } }',
  ],
  ['directives with constants', '{ movie(id: "1") { id title @skip(if: true) year @include(if: false) runtime @include(if: true) } }'],
  [
    'directives with variables',
    'query ($a: Boolean!, $b: Boolean = true) { movie(id: "1") { id @skip(if: $a) title @include(if: $b) ...F @include(if: $a) } } fragment F on Movie { year }',
    { a: true },
  ],
  [
    'variables and their defaults',
    'query ($prefs: PreferencesInput, $first: Int = 3) { recommendations(prefs: $prefs, first: $first) { totalCount ignoredMovieIds appliedFilters { genres { name } genreMatch yearMin } nodes { score explanation explanationParts { kind subjects { id name } } movie { title posterUrl(width: 500) } reasons(first: $first) { kind label contribution movie { title } } } edges { cursor node { score } } pageInfo { hasNextPage endCursor } } }',
    { prefs: PREFS },
  ],
  ['a variable that is left out', 'query ($first: Int) { recommendations(first: $first) { totalCount } }'],
  ['__typename', '{ __typename movie(id: "1") { __typename genres { __typename } } }'],
  ['an error of a nullable field', '{ movie(id: "1") { title posterUrl(width: 0) } b: movie(id: "1") { title } }'],
  ['an error that reaches the root', '{ recommendations(first: 0) { totalCount } genres { id } }'],
  ['errors in a list', '{ recommendations(first: 3) { nodes { movie { title posterUrl(width: 0) } reasons(first: 0) { label } } } }'],
  ['null for an argument that takes none', 'query ($width: Int) { movie(id: "1") { posterUrl(width: $width) title } }', { width: null }],
  [
    'similar movies',
    '{ movie(id: "2571") { similar(first: 3) { score explanation movie { title similar(first: 2) { movie { id } } } reasons { label } } } }',
  ],
  ['a search', '{ searchMovies(query: "matrix", first: 2) { totalCount nodes { title } edges { cursor node { id } } } }'],
  [
    'a group',
    '{ groupRecommendations(members: [{ likedMovieIds: ["1"] }, { likedMovieIds: ["2571"] }], first: 3) { totalCount nodes { score movie { title } members { member score contribution explanation reasons(first: 2) { label } } } } }',
  ],
  [
    'the viewer',
    '{ viewer { id name email isGuest watchlist(first: 5) { totalCount nodes { watched addedAt watchedAt movie { title viewerFeedback watchlistEntry { watched } } } } preferences { languages runtimeMin } likedMovies(first: 3) { title } } }',
  ],
  ['fields of the viewer', '{ recommendations(first: 4) { nodes { movie { title viewerFeedback watchlistEntry { watched addedAt } } } } }'],
  [
    'the catalog',
    '{ catalog { version builtAt movieCount } genres { id name } services { id } languages { id movieCount } signInProviders { id } }',
  ],
];

describe('a compiled operation', () => {
  const schema = spendBudget(createSchema());
  let snapshot: Snapshot;
  let library: LibraryStore;
  let administration: AdministrationRooms;
  const person: Identity = {
    userId: 'u',
    name: 'U',
    email: 'u@films.example',
    emailVerified: false,
    isGuest: false,
    role: 'member' as const,
    scopes: new Set(['read', 'write']),
    via: 'session',
  };
  const callers: [name: string, authenticate: () => Promise<Identity | null>][] = [
    ['signed out', async () => null],
    ['signed in', async () => person],
    ['without the scope', async () => ({ ...person, scopes: new Set() })],
    ['with credentials that are refused', () => Promise.reject(new Error('no'))],
  ];

  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    library = await emptyLibrary();
    administration = await emptyAdministration();
    const context = contextOf(async () => person);
    for (const id of ['1', '2571', '1214']) await addToWatchlist(context, person, id);
    await setFeedback(context, person, '2571', 'LIKE');
  });

  function contextOf(authenticate: () => Promise<Identity | null>): RequestContext {
    return createContext({
      snapshot,
      library,
      runningImports: new RunningImports(),
      posters: TMDB_POSTERS,
      rankings: smallRankings(),
      metrics: NO_METRICS,
      log: { error: () => {} },
      timeoutMs: 10_000,
      authenticate,
      ...OPEN_SIGN_IN,
      administration,
      address: '192.0.2.1',
      releases: NO_RELEASES,
      refresh: NO_REFRESH,
      operatorRules: rulesOf(() => snapshot),
      server: emptyState(),
      servedVersion: () => '',
      learnsFromViewers: true,
      signInProviders: () => [{ id: 'google', name: 'Google' }],
    });
  }

  /** The answers of graphql-js and of the compiled form, as text. */
  async function both(
    query: string,
    variables: Record<string, unknown>,
    authenticate: () => Promise<Identity | null>,
    on: GraphQLSchema = schema,
    prepare: (context: RequestContext) => void = () => undefined,
  ): Promise<[string, string]> {
    const document = parse(query);
    const [operation] = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    const { coerced } = getVariableValues(on, operation.variableDefinitions ?? [], variables);
    if (coerced === undefined) throw new Error('wrong variables');
    const text = async (run: (context: RequestContext) => ExecutionResult | Promise<ExecutionResult>): Promise<string> => {
      const context = contextOf(authenticate);
      prepare(context);
      return JSON.stringify(await run(context));
    };
    const plain = await text((contextValue) => execute({ schema: on, document, contextValue, variableValues: variables }));
    const compiled = await text((context) => new CompiledOperation(on, document, operation, coerced).execute(context, coerced));
    return [compiled, plain];
  }

  for (const [caller, authenticate] of callers) {
    it.each(CORPUS)(`answers %s as graphql-js does, ${caller}`, async (_name, query, variables = {}) => {
      expect(validate(schema, parse(query))).toEqual([]);
      const [compiled, plain] = await both(query, variables, authenticate);
      expect(compiled).toBe(plain);
    });
  }

  it('answers 400 random documents as graphql-js does', async () => {
    const random = seeded(7);
    let errors = 0;
    for (let n = 0; n < 400; n++) {
      const query = randomQuery(schema, random);
      const [, authenticate] = callers[Math.floor(random() * 2)];
      const [compiled, plain] = await both(query, {}, authenticate);
      if (compiled !== plain) expect({ query, answer: compiled }).toEqual({ query, answer: plain });
      if (plain.includes('"errors"')) errors++;
    }
    expect(errors).toBeGreaterThan(20);
    expect(errors).toBeLessThan(380);
  });

  it('ends like graphql-js when the request is stopped or its answer is too large', async () => {
    const query = '{ recommendations(first: 20) { nodes { score movie { title overview } } } }';
    const [compiled, plain] = await both(query, {}, callers[0][1], schema, (context) => context.budget.stop(callerGoneError()));
    expect(compiled).toBe(plain);
    const late = await both(query, {}, callers[0][1], schema, (context) => {
      let added = 0;
      const add = context.budget.add.bind(context.budget);
      context.budget.add = (name, value) => {
        if (++added > 30) context.budget.stop(callerGoneError());
        add(name, value);
      };
    });
    expect(late[0]).toBe(late[1]);
  });

  it('fails like graphql-js where resolvers break their promises', async () => {
    const broken = buildSchema(`type Query { a: Item b: [Item!]! c: [Item] d: Int e: String! f: [Int!] }
      type Item { name: String! next: Item list: [Item!] late: String! }`);
    const item: object = { name: 'x', next: () => ({ name: null }), list: async () => [Promise.reject(new Error('late')), { name: 'y' }] };
    const values: Record<string, unknown> = {
      a: { ...item, late: async () => null },
      b: async () => [item, null],
      c: [new Error('in a list'), Promise.resolve(item), null, Promise.reject(new Error('rejected'))],
      d: 'no number',
      e: () => undefined,
      f: 'no list',
    };
    const fields = broken.getQueryType()?.getFields() ?? {};
    for (const [name, value] of Object.entries(values))
      fields[name].resolve = (...args) => (typeof value === 'function' ? value(...args) : value);
    for (const type of ['Item'])
      for (const field of Object.values((broken.getType(type) as GraphQLObjectType).getFields()))
        field.resolve = (source: Record<string, unknown>) => {
          const value = source[field.name];
          return typeof value === 'function' ? value() : value;
        };
    const parts = [
      'a { name late }',
      'a { next { name } }',
      'a { list { name } }',
      'b { name }',
      'c { name next { name } }',
      'd',
      'e',
      'f',
    ];
    for (const one of parts)
      for (const other of parts) {
        const [compiled, plain] = await both(`{ x: ${one} y: ${other} }`, {}, callers[0][1], broken);
        expect(compiled, `${one} ${other}`).toBe(plain);
      }
  });

  it('is not made of mutations, introspection and a key that is no key', () => {
    for (const query of [
      'mutation { clearFeedback { id } }',
      '{ __schema { types { name } } }',
      '{ movie(id: "1") { __proto__: title } }',
    ]) {
      const document = parse(query);
      expect(() => new CompiledOperation(schema, document, document.definitions[0] as OperationDefinitionNode, {})).toThrow(NotCompiled);
    }
  });
});

describe('the executor', () => {
  it('compiles the second time, keeps a few forms, and answers the same each time', async () => {
    const snapshot = await fixtureSnapshot();
    const library = await emptyLibrary();
    const administration = await emptyAdministration();
    const executor = new QueryExecutor(spendBudget(createSchema()));
    const document = parse('query ($a: Boolean!) { movie(id: "1") { id title @include(if: $a) } }');
    const operation = document.definitions[0] as OperationDefinitionNode;
    const run = (a: unknown) =>
      executor.execute({
        document,
        operation,
        variables: { a },
        context: createContext({
          snapshot,
          library,
          runningImports: new RunningImports(),
          posters: TMDB_POSTERS,
          rankings: smallRankings(),
          metrics: NO_METRICS,
          log: { error: () => {} },
          timeoutMs: 10_000,
          authenticate: async () => null,
          ...OPEN_SIGN_IN,
          administration,
          address: '192.0.2.1',
          releases: NO_RELEASES,
          refresh: NO_REFRESH,
          operatorRules: rulesOf(() => snapshot),
          server: emptyState(),
          servedVersion: () => '',
          learnsFromViewers: true,
          signInProviders: () => [],
        }),
      });
    for (let n = 0; n < 3; n++) {
      expect(JSON.stringify(await run(true))).toBe('{"data":{"movie":{"id":"1","title":"Toy Story"}}}');
      expect(JSON.stringify(await run(false))).toBe('{"data":{"movie":{"id":"1"}}}');
    }
    const { errors } = await run('yes');
    expect(errors?.[0].message).toContain('$a');
  });
});

/** A valid document of the schema: aliases, fragments and directives included, and arguments that are refused now and then. */
function randomQuery(schema: GraphQLSchema, random: () => number): string {
  const fragments: string[] = [];
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)];
  const sampleOf = (argument: GraphQLArgument): string | undefined => {
    const type = getNamedType(argument.type);
    const isList = isListType(isNonNullType(argument.type) ? argument.type.ofType : argument.type);
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (argument.name === 'id' || argument.name === 'movieId') return pick(['"1"', '"2571"', '"nothing"', '1214']);
    if (argument.name === 'ids') return pick(['["1", "2571", "x"]', '[]', '"1"']);
    if (argument.name === 'first') return pick(['1', '2', '3', '0', '5']);
    if (argument.name === 'width') return pick(['100', '342', '0']);
    if (argument.name === 'query') return pick(['"matrix"', '"star"', '""']);
    if (argument.name === 'prefs')
      return pick(['{}', '{ likedMovieIds: ["1", "2571"] }', '{ preferredGenres: ["sci-fi"] }', '{ services: "none" }']);
    if (argument.name === 'members') return pick(['[{}, { likedMovieIds: ["1"] }]', '[{}]']);
    return isNonNullType(argument.type) && argument.defaultValue === undefined ? (isList ? '[]' : '""') : undefined;
  };
  const argumentsOf = (field: GraphQLField<unknown, unknown>): string => {
    const given = field.args.flatMap((argument) => {
      const isRequired = isNonNullType(argument.type) && argument.defaultValue === undefined;
      const value = isRequired || random() < 0.5 ? sampleOf(argument) : undefined;
      return value === undefined ? [] : [`${argument.name}: ${value}`];
    });
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  };
  let aliases = 0;
  const selections = (type: GraphQLObjectType, depth: number): string => {
    const fields = Object.values(type.getFields()).filter(({ type: of }) => depth > 0 || !isObjectType(getNamedType(of)));
    const chosen = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
      fields.length === 0 ? '__typename' : one(pick(fields), depth),
    );
    const text = chosen.join(' ');
    if (random() > 0.2) return text;
    if (random() < 0.5) return `... on ${type.name} { ${text} }`;
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
    return `...${name} __typename`;
  };
  const one = (field: GraphQLField<unknown, unknown>, depth: number): string => {
    const type = getNamedType(field.type);
    const directive = random() < 0.1 ? pick([' @skip(if: false)', ' @include(if: true)', ' @skip(if: true)', ' @include(if: false)']) : '';
    const inner = isObjectType(type) ? ` { ${selections(type, depth - 1)} }` : '';
    return `a${aliases++}: ${field.name}${argumentsOf(field)}${directive}${inner}`;
  };
  const root = schema.getQueryType();
  if (!root) throw new Error('no queries');
  const query = `{ ${selections(root, 4)} }`;
  return [query, ...fragments].join('\n');
}
