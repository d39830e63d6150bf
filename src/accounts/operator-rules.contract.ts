import { afterEach, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, type Visitor } from '../../test/accounts-app.ts';
import { temporaryFolder } from '../../test/fixture-release.ts';
import { ask } from '../../test/running-app.ts';
import type { DatabaseSettings } from '../database/database.ts';

const MATRIX = '2571';
const RELOADED = '6365';
const ALIEN = '1214';

/** What the operator hides, pins and boosts: on each database. */
export function operatorRulesContract(settings: () => Promise<DatabaseSettings | undefined>): void {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });
  const start = async (where?: DatabaseSettings): Promise<AccountsApp> => {
    const server = await accountsApp({}, where ?? (await settings()));
    stops.push(server.stop);
    return server;
  };
  const ownerOf = async (server: AccountsApp): Promise<Visitor> => {
    const owner = server.visitor();
    await owner.signUp('Owner');
    return owner;
  };
  const ADD = 'mutation ($rule: OperatorRuleInput!) { addOperatorRule(rule: $rule) { id subject strength reason createdBy } }';
  const add = async (owner: Visitor, rule: object) => {
    const { body } = await owner.graphql(ADD, { rule: { reason: 'because', ...rule } });
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
    return body.data.addOperatorRule;
  };
  const refused = async (owner: Visitor, rule: object) => {
    const { body } = await owner.graphql(ADD, { rule: { reason: 'because', ...rule } });
    return [body.errors?.[0].extensions.code, body.errors?.[0].extensions.argument];
  };
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  const query = (server: AccountsApp, text: string) => ask<any>(server.app, text);
  const idsOf = (nodes: readonly { movie: { id: string } }[]): string[] => nodes.map(({ movie }) => movie.id);
  const LIST =
    '{ recommendations(first: 100) { totalCount nodes { movie { id } pinned score explanation explanationParts { kind } reasons { kind label contribution } } } }';
  /** Often enough for a ready answer and a ranking that is kept. */
  const listed = async (server: AccountsApp) => {
    for (let n = 0; n < 3; n++) await query(server, LIST);
    return (await query(server, LIST)).recommendations;
  };

  it('a hidden movie is nowhere, and is back when the rule is deleted', async () => {
    const server = await start();
    const owner = await ownerOf(server);
    await owner.graphql(
      `mutation { setFeedback(movieId: ${MATRIX}, signal: LIKE) { id } addToWatchlist(movieId: ${MATRIX}) { watched } rateMovie(movieId: ${MATRIX}, stars: 4.5) { id } }`,
    );
    const before = await listed(server);
    expect(idsOf(before.nodes)).toContain(MATRIX);
    const scienceFiction = async () =>
      (await query(server, '{ genres { id movieCount } }')).genres.find(({ id }: { id: string }) => id === 'sci-fi').movieCount;
    const counted = await scienceFiction();
    const rule = await add(owner, { effect: 'HIDE', movieId: MATRIX });
    expect(rule).toMatchObject({ subject: 'The Matrix (1999)', strength: null, createdBy: 'owner@films.test' });

    const after = await listed(server);
    expect(idsOf(after.nodes)).toEqual(idsOf(before.nodes).filter((id) => id !== MATRIX));
    expect(after.totalCount).toBe(before.totalCount - 1);
    const everywhere = await query(
      server,
      `{ movie(id: ${MATRIX}) { id } movies(ids: [${MATRIX}, ${ALIEN}]) { id } recommendation(movieId: ${MATRIX}) { score }
         searchMovies(query: "matrix") { totalCount nodes { id } } catalog { movieCount }
         reloaded: movie(id: ${RELOADED}) { similar(first: 100) { movie { id } } }
         groupRecommendations(members: [{}, {}], first: 100) { totalCount nodes { movie { id } } }
         liked: recommendations(prefs: { likedMovieIds: [${MATRIX}] }) { ignoredMovieIds nodes { reasons { movie { id } } } }
         trending: recommendations(mode: TRENDING, first: 100) { nodes { movie { id } } }
         diverse: recommendations(mode: DIVERSE, first: 100) { nodes { movie { id } } } }`,
    );
    expect(everywhere).toMatchObject({
      movie: null,
      movies: [null, { id: ALIEN }],
      recommendation: null,
      searchMovies: { totalCount: 1, nodes: [{ id: RELOADED }] },
      catalog: { movieCount: before.totalCount - 1 },
      liked: { ignoredMovieIds: [MATRIX] },
    });
    delete everywhere.liked.ignoredMovieIds;
    expect(JSON.stringify(everywhere)).not.toContain(`"${MATRIX}"`);
    expect(await scienceFiction()).toBe(counted - 1);

    // The own library keeps it, as a movie that left the catalog.
    const { body } = await owner.graphql(
      `{ viewer { likedMovies { id } watchlist { nodes { movie { id title year absence posterUrl overview similar { score } } } } ratings { nodes { stars movie { id title absence } } } }
         recommendations(first: 100) { nodes { movie { id } reasons { movie { id } } } } }`,
    );
    expect(body.data.viewer).toEqual({
      likedMovies: [],
      watchlist: {
        nodes: [
          { movie: { id: MATRIX, title: 'The Matrix', year: 1999, absence: 'HIDDEN', posterUrl: null, overview: null, similar: [] } },
        ],
      },
      ratings: { nodes: [{ stars: 4.5, movie: { id: MATRIX, title: 'The Matrix', absence: 'HIDDEN' } }] },
    });
    expect(JSON.stringify(body.data.recommendations)).not.toContain(`"${MATRIX}"`);
    const other = server.visitor();
    await other.signUp('Other');
    const errors = (await other.graphql(`mutation { addToWatchlist(movieId: ${MATRIX}) { watched } }`)).body.errors;
    expect(errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'movieId' });
    const imported = await other.graphql(
      'mutation { importHistory(text: "Name,Year,Rating\\nThe Matrix,1999,5\\nAlien,1979,5", source: LETTERBOXD_RATINGS) { movieCount likes notFoundCount } }',
    );
    expect(imported.body.data.importHistory).toEqual({ movieCount: 1, likes: 1, notFoundCount: 1 });

    expect((await owner.graphql(`mutation { deleteOperatorRule(id: "${rule.id}") }`)).body.data).toEqual({ deleteOperatorRule: rule.id });
    expect(await listed(server)).toEqual(before);
    const shown = await owner.graphql('{ viewer { watchlist { nodes { movie { id absence genres { id } } } } } }');
    expect(shown.body.data.viewer.watchlist.nodes).toEqual([
      { movie: { id: MATRIX, absence: null, genres: expect.arrayContaining([{ id: 'sci-fi' }]) } },
    ]);
    expect((await owner.graphql(`mutation { deleteOperatorRule(id: "${rule.id}") }`)).body.data).toEqual({ deleteOperatorRule: null });
    const { nodes } = (await owner.graphql('{ admin { auditLog(first: 2) { nodes { action subject } } } }')).body.data.admin.auditLog;
    expect(nodes.map(({ action }: { action: string }) => action)).toEqual(['rule.delete', 'rule.add']);
    expect(nodes[0].subject).toBe(nodes[1].subject);
  });

  it('a pinned movie comes first and says so, where it passes the filters, and in groups; the pin does not change its score', async () => {
    const server = await start();
    const owner = await ownerOf(server);
    const plain = (await listed(server)).nodes;
    const last = plain.at(-1);
    await add(owner, { effect: 'PIN', movieId: last.movie.id });
    await add(owner, { effect: 'PIN', movieId: ALIEN });
    const { nodes } = await listed(server);
    expect(idsOf(nodes.slice(0, 2))).toEqual([last.movie.id, ALIEN]);
    expect(nodes[0]).toMatchObject({ pinned: true, score: last.score });
    expect(nodes[0].explanation).toMatch(/^Pinned by the operator · /);
    expect(nodes[0].explanationParts[0]).toEqual({ kind: 'PINNED' });
    expect(idsOf(nodes.slice(2))).toEqual(idsOf(plain).filter((id) => id !== last.movie.id && id !== ALIEN));
    expect(nodes.filter(({ pinned }: { pinned: boolean }) => pinned)).toHaveLength(2);
    const others = await query(
      server,
      `{ horror: recommendations(prefs: { preferredGenres: ["Horror"] }) { nodes { movie { id } pinned } }
         disliked: recommendations(prefs: { dislikedMovieIds: [${ALIEN}] }, first: 100) { nodes { movie { id } } }
         groupRecommendations(members: [{}, {}], first: 2) { nodes { movie { id } pinned } }
         movie(id: ${RELOADED}) { similar(first: 1) { movie { id } pinned } } }`,
    );
    expect(others.horror.nodes[0]).toEqual({ movie: { id: ALIEN }, pinned: true });
    expect(idsOf(others.horror.nodes)).not.toContain(last.movie.id);
    expect(idsOf(others.disliked.nodes)).not.toContain(ALIEN);
    expect(others.groupRecommendations.nodes).toEqual([
      { movie: { id: last.movie.id }, pinned: true },
      { movie: { id: ALIEN }, pinned: true },
    ]);
    expect(others.movie.similar[0].pinned).toBe(false);
  });

  it('a boost is a reason of its own, and the preview shows its effect before it is saved', async () => {
    const server = await start();
    const owner = await ownerOf(server);
    const plain = await listed(server);
    const rule = { effect: 'BOOST', genre: 'Animation', strength: 0.4, reason: 'Family week' };
    const PREVIEW = `query ($rule: OperatorRuleInput!) { admin { operatorRules { id } rulePreview(rule: $rule, first: 5) {
      before { movieId place otherPlace boost } after { movieId title year place otherPlace pinned boost } } } }`;
    const { body } = await owner.graphql(PREVIEW, { rule });
    const { before, after } = body.data.admin.rulePreview;
    expect(body.data.admin.operatorRules).toEqual([]);
    expect(before.map(({ movieId }: { movieId: string }) => movieId)).toEqual(idsOf(plain.nodes).slice(0, 5));
    expect(await listed(server)).toEqual(plain);

    await add(owner, rule);
    const boosted = await listed(server);
    expect(after.map(({ movieId }: { movieId: string }) => movieId)).toEqual(idsOf(boosted.nodes).slice(0, 5));
    expect(after[0]).toMatchObject({ boost: 0.4, place: 1, otherPlace: idsOf(plain.nodes).indexOf(after[0].movieId) + 1 });
    const isAnimation = new Set(
      idsOf(
        (await query(server, '{ recommendations(prefs: { preferredGenres: ["Animation"] }, first: 100) { nodes { movie { id } } } }'))
          .recommendations.nodes,
      ),
    );
    for (const { movie, score, reasons } of boosted.nodes) {
      const own = reasons.filter(({ kind }: { kind: string }) => kind === 'OPERATOR_RULE');
      expect(own).toEqual(isAnimation.has(movie.id) ? [{ kind: 'OPERATOR_RULE', label: 'Operator rule', contribution: 0.4 }] : []);
      const sum = reasons.reduce((total: number, { contribution }: { contribution: number }) => total + contribution, 0);
      expect(sum).toBeCloseTo(score, 9);
    }
    await add(owner, { effect: 'BOOST', service: 'Disney+', strength: -1 });
    const damped = (await listed(server)).nodes;
    const toyStory = damped.find(({ movie }: { movie: { id: string } }) => movie.id === '1');
    expect(toyStory.reasons.find(({ kind }: { kind: string }) => kind === 'OPERATOR_RULE').contribution).toBeCloseTo(-0.6, 12);
    const log = (await owner.graphql('{ admin { auditLog(first: 2) { nodes { action subject detail actor } } } }')).body.data.admin.auditLog
      .nodes;
    expect(log).toEqual([
      { action: 'rule.add', subject: 'Disney+', detail: 'BOOST -1: because', actor: 'owner@films.test' },
      { action: 'rule.add', subject: 'Animation', detail: 'BOOST 0.4: Family week', actor: 'owner@films.test' },
    ]);
  });

  it.each<[object, string]>([
    [{ effect: 'HIDE' }, 'rule.movieId'],
    [{ effect: 'HIDE', movieId: '99999999' }, 'rule.movieId'],
    [{ effect: 'PIN', movieId: 'x' }, 'rule.movieId'],
    [{ effect: 'HIDE', movieId: MATRIX, genre: 'Drama' }, 'rule.genre'],
    [{ effect: 'PIN', movieId: MATRIX, strength: 1 }, 'rule.strength'],
    [{ effect: 'BOOST', strength: 1 }, 'rule.genre'],
    [{ effect: 'BOOST', movieId: MATRIX, strength: 1 }, 'rule.movieId'],
    [{ effect: 'BOOST', genre: 'Dramma', strength: 1 }, 'rule.genre'],
    [{ effect: 'BOOST', service: 'Netflicks', strength: 1 }, 'rule.service'],
    [{ effect: 'BOOST', genre: 'Drama', service: 'Netflix', strength: 1 }, 'rule.service'],
    [{ effect: 'BOOST', genre: 'Drama' }, 'rule.strength'],
    [{ effect: 'BOOST', genre: 'Drama', strength: 0 }, 'rule.strength'],
    [{ effect: 'BOOST', genre: 'Drama', strength: 1.1 }, 'rule.strength'],
    [{ effect: 'HIDE', movieId: MATRIX, reason: '  ' }, 'rule.reason'],
    [{ effect: 'HIDE', movieId: MATRIX, reason: 'x'.repeat(501) }, 'rule.reason'],
  ])('%j is refused and names the field', async (rule, argument) => {
    const server = await start();
    const owner = await ownerOf(server);
    expect(await refused(owner, rule)).toEqual(['BAD_USER_INPUT', argument]);
    expect(await server.accounts.administration.rules.list()).toEqual([]);
  });

  it('there is one rule of a kind, and at most a hundred rules', async () => {
    const server = await start();
    const owner = await ownerOf(server);
    await add(owner, { effect: 'PIN', movieId: MATRIX });
    expect(await refused(owner, { effect: 'PIN', movieId: MATRIX })).toEqual(['BAD_USER_INPUT', 'rule']);
    const { rules } = server.accounts.administration;
    const rule = { effect: 'HIDE', genre: null, service: null, strength: 0, subject: 'x', reason: 'x' } as const;
    for (let movieId = 1; movieId < 100; movieId++) await rules.add({ ...rule, movieId }, 'somebody');
    expect(await refused(owner, { effect: 'PIN', movieId: ALIEN })).toEqual(['TOO_MANY_RULES', undefined]);
  });

  it('every server of the database follows within 5 seconds, and the rules outlive the servers', async () => {
    const folder = await temporaryFolder();
    stops.push(folder.remove);
    const where = (await settings()) ?? { kind: 'sqlite', file: `${folder.path}/shared.sqlite` };
    const one = await start(where);
    const other = await start(where);
    other.operatorRules.watch();
    const owner = await ownerOf(one);
    const plain = await listed(other);
    const rule = await add(owner, { effect: 'HIDE', movieId: MATRIX });
    const hidesOn = async (server: AccountsApp) => !idsOf((await listed(server)).nodes).includes(MATRIX);
    expect(await hidesOn(one)).toBe(true);
    await expect.poll(() => hidesOn(other), { timeout: 5_000 }).toBe(true);
    const third = await start(where);
    await third.operatorRules.refresh();
    expect(await hidesOn(third)).toBe(true);
    await owner.graphql(`mutation { deleteOperatorRule(id: "${rule.id}") }`);
    await expect.poll(() => listed(other), { timeout: 5_000 }).toEqual(plain);
  });
}
