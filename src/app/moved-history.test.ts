import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsApp, accountsApp, type Visitor } from '../../test/accounts-app.ts';

const IMPORT =
  'mutation ($files: [HistoryFileInput!]!) { importFiles(files: $files) { ratings plays likes addedToWatchlist notFoundCount } }';
const LISTS = ['watchlist', 'feedback', 'ratings', 'plays'];
const FIRST = {
  'diary.csv': `Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
2024-01-02,Alien,1979,u,4.5,,,2024-01-01
2025-01-02,Alien,1979,u,5,Yes,,2025-01-01
`,
  'ratings.csv': 'Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Die Hard,1988,u,1\n2024-01-02,Aliens,1986,u,3\n,The Matrix,1999,u,4\n',
  'watchlist.csv': 'Date,Name,Year,Letterboxd URI\n2024-01-02,Fight Club,1999,u\n',
};

describe('a history that moves to another account', () => {
  let place: AccountsApp;
  beforeAll(async () => {
    place = await accountsApp();
  });
  afterAll(() => place.stop());

  const take = async (visitor: Visitor, files: Record<string, string>) => {
    const inputs = Object.entries(files).map(([name, text]) => ({ name, base64: Buffer.from(text).toString('base64') }));
    return (await visitor.graphql(IMPORT, { files: inputs })).body.data.importFiles;
  };
  const fresh = async (name: string): Promise<Visitor> => {
    const visitor = place.visitor();
    await visitor.signUp(name);
    return visitor;
  };
  const textOf = async (visitor: Visitor): Promise<string> => (await visitor.get('/export.csv')).body;
  const listsOf = async (visitor: Visitor) => {
    const all = (await visitor.get('/export.json')).body;
    return JSON.stringify(LISTS.map((name) => all[name]));
  };

  it.each(['export.csv', 'export.json'])('by its %s is the same, byte for byte, and moves again', async (name) => {
    const ann = await fresh(`Ann${name.length}`);
    await take(ann, FIRST);
    const movieId = /^(\d+),[^\n]*,Alien,/m.exec(await textOf(ann))?.[1];
    await ann.graphql(`mutation { rateMovie(movieId: "${movieId}", stars: 2.5) { id } addPlay(movieId: "${movieId}") { id } }`);
    const [csv, lists] = [await textOf(ann), await listsOf(ann)];
    expect(csv.split('\r\n')).toHaveLength(7);
    const { body } = await ann.get(`/${name}`);
    const exported = typeof body === 'string' ? body : JSON.stringify(body);
    const ben = await fresh(`Ben${name.length}`);
    expect(await take(ben, { [name]: exported })).toMatchObject({ notFoundCount: 0 });
    expect([await textOf(ben), await listsOf(ben)]).toEqual([csv, lists]);
    expect(await take(ben, { [name]: exported })).toEqual({ ratings: 0, plays: 0, likes: 0, addedToWatchlist: 0, notFoundCount: 0 });
    expect([await textOf(ben), await listsOf(ben)]).toEqual([csv, lists]);
  });
});
