import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, PUBLIC_URL, type Visitor } from '../../test/accounts-app.ts';
import { movieIdOf } from '../../test/movie-ids.ts';
import { MAX_GUEST_IMPORT_BYTES } from '../http/graphql-route.ts';
import { type HistoryItem, MAX_GUEST_LIST_LENGTH } from './library-store.ts';

const MESSAGE = 'at most 1000 movies can be kept by a guest; an account keeps more';
const IMPORT = 'mutation ($text: String!) { importHistory(text: $text, source: MOVIELENS) { addedToWatchlist likes } }';
/** Movies of the fixture. */
const [FIRST, SECOND] = ['2571', '858'];

/** Movies that the fixture lacks. */
const items = (count: number): HistoryItem[] =>
  Array.from({ length: count }, (_, n) => movieIdOf(900_000 + n)).map((movieId) => ({
    movie: { movieId, title: 'x', sortTitle: 'x', year: 2000 },
    listed: { at: null },
    watched: undefined,
    feedback: { signal: 'LIKE', at: null },
  }));

describe('a guest', () => {
  let server: AccountsApp;
  let guest: Visitor;
  let member: Visitor;
  beforeAll(async () => {
    server = await accountsApp();
    [guest, member] = [server.visitor(), server.visitor()];
    for (const userId of [await guest.beGuest(), await member.signUp('Mel')])
      await server.library.mergeHistory(userId, items(MAX_GUEST_LIST_LENGTH - 1), new Date());
  });
  afterAll(() => server.stop());

  it.each([
    ['watchlist', (id: string) => `mutation { result: addToWatchlist(movieId: ${id}) { addedAt } }`],
    ['likes and dislikes', (id: string) => `mutation { result: setFeedback(movieId: ${id}, signal: DISLIKE) { id } }`],
  ])('keeps at most 1,000 movies: %s', async (_list, add) => {
    expect((await guest.graphql(add(FIRST))).body.errors).toBeUndefined();
    expect((await guest.graphql(add(SECOND))).body.errors).toMatchObject([
      { message: `movieId: ${MESSAGE}`, extensions: { code: 'BAD_USER_INPUT', argument: 'movieId', max: 1_000 } },
    ]);
    for (const id of [FIRST, SECOND]) expect((await member.graphql(add(id))).body.errors).toBeUndefined();
  });

  it('cannot pass the bound by an import or by undoing a removal', async () => {
    const text = `userId,movieId,rating,timestamp\n1,${SECOND},4.5,1112484819\n`;
    const removed = { entries: [{ movieId: SECOND, addedAt: '2020-01-01T00:00:00Z', watched: false }] };
    const restore = 'mutation ($entries: [RemovedEntryInput!]!) { restoreToWatchlist(entries: $entries) { addedAt } }';
    for (const [query, variables, argument] of [
      [IMPORT, { text }, 'text'],
      [restore, removed, 'entries'],
    ] as const) {
      expect((await guest.graphql(query, variables)).body.errors).toMatchObject([{ message: `${argument}: ${MESSAGE}` }]);
      expect((await member.graphql(query, variables)).body.errors).toBeUndefined();
    }
  });

  it('sends files of at most 1 MB', async () => {
    // A movie that the fixture lacks, so that nothing is added.
    const header = 'userId,movieId,rating,timestamp\n';
    const bodyOf = (bytes: number): string => {
      const empty = JSON.stringify({ query: IMPORT, variables: { text: header } }).length;
      return JSON.stringify({ query: IMPORT, variables: { text: `${header}${'x'.repeat(bytes - empty)}` } });
    };
    const statusOf = async (visitor: Visitor, bytes: number): Promise<number> => {
      const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      return (await visitor.graphqlRaw(bodyOf(bytes), { 'content-type': 'application/json', origin: PUBLIC_URL, cookie })).status;
    };
    expect(await statusOf(guest, MAX_GUEST_IMPORT_BYTES)).toBe(200);
    expect(await statusOf(guest, MAX_GUEST_IMPORT_BYTES + 1)).toBe(413);
    expect(await statusOf(member, MAX_GUEST_IMPORT_BYTES + 1)).toBe(200);
    expect(await statusOf(server.visitor(), 102_401)).toBe(413);
  });
});
