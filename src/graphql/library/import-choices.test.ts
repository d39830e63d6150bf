import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';

const IMPORT = `mutation ($text: String!, $dryRun: Boolean!, $choices: [ImportChoice!]!) {
  importHistory(text: $text, source: LETTERBOXD_RATINGS, dryRun: $dryRun, choices: $choices) {
    taken { row movie { id } signal }
    doubtful { row candidates { movie { id title } } }
    likes
  }
}`;

interface Imported {
  importHistory: {
    taken: { row: number; movie: { id: string }; signal: string | null }[];
    doubtful: { row: number; candidates: { movie: { id: string; title: string } }[] }[];
    likes: number;
  };
}

describe('choices of an import', () => {
  let app: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  it('decide the movie of a doubtful row, with the rating of that row', async () => {
    const viewer = app.viewer();
    const text = 'Name,Year,Rating\nThe Matrx,1999,4.5\n';
    const dry = (await viewer.ask<Imported>(IMPORT, { text, dryRun: true, choices: [] })).importHistory;
    expect(dry.taken).toEqual([]);
    const [{ row, candidates }] = dry.doubtful;
    const meant = candidates.find(({ movie }) => movie.title === 'The Matrix')?.movie.id;
    expect(row).toBe(1);
    const real = (await viewer.ask<Imported>(IMPORT, { text, dryRun: false, choices: [{ row, movieId: meant }] })).importHistory;
    expect(real).toEqual({ taken: [{ row: 1, movie: { id: '2571' }, signal: 'LIKE' }], doubtful: [], likes: 1 });
    const { viewer: kept } = await viewer.ask<{ viewer: { likedMovies: { id: string }[] } }>('{ viewer { likedMovies { id } } }');
    expect(kept.likedMovies).toEqual([{ id: '2571' }]);
  });

  it('must be movies of the catalog', async () => {
    const choices = [{ row: 1, movieId: '999999' }];
    expect(await app.viewer().refusal(IMPORT, { text: 'Name,Year,Rating\nX,1999,4', dryRun: false, choices })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument: 'choices[0].movieId' },
    });
  });
});
