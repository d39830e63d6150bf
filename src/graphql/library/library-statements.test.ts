import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask } from '../../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';

const LIKE = 'mutation ($id: ID!) { setFeedback(movieId: $id, signal: LIKE) { id } }';
const ADD = 'mutation ($id: ID!) { addToWatchlist(movieId: $id) { addedAt } }';

describe('the library of a viewer costs', () => {
  let app: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
    // A request that computes for 25 ms lets others run, and loads what comes after in a statement of its own.
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now);
  });
  afterAll(() => {
    vi.restoreAllMocks();
    return app.shutDown(0);
  });

  const statements = () => app.metrics.of('databaseStatement').map(([{ sql }]) => sql);

  it.each([1, 20, 40])('two statements for what is kept of %i recommendations', async (first) => {
    const ann = app.viewer();
    await ann.ask(LIKE, { id: '1' });
    for (const id of ['2571', '1214']) await ann.ask(ADD, { id });
    const count = async (query: string): Promise<string[]> => {
      const before = statements().length;
      await ann.ask(query, { first });
      return statements().slice(before);
    };
    const page = (fields: string) => `query ($first: Int!) { recommendations(first: $first) { nodes { movie { id ${fields} } } } }`;
    const without = await count(page(''));
    const whole = await count(page('viewerFeedback watchlistEntry { watched movie { viewerFeedback } }'));
    expect(without).toHaveLength(2);
    expect(whole).toHaveLength(without.length + 2);
    expect(
      whole
        .slice(-2)
        .map((sql) => /from "(\w+)"/.exec(sql)?.[1])
        .sort(),
    ).toEqual(['cinematch_feedback', 'cinematch_watchlist']);
  });

  it('no statement for who is signed out', async () => {
    const before = statements();
    await ask(app, '{ recommendations { nodes { movie { viewerFeedback watchlistEntry { watched } } } } }');
    expect(statements()).toEqual(before);
  });
});
