import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';

const SAY = 'mutation ($id: ID!, $signal: FeedbackSignal!) { setFeedback(movieId: $id, signal: $signal) { id } }';
const TRAITS = '{ viewer { profileTraits { kind value name likes dislikes movies { title } } notInterestedMovies { title } } }';

interface Answer {
  viewer: {
    profileTraits: { kind: string; value: string; name: string; likes: number; dislikes: number; movies: { title: string }[] }[];
    notInterestedMovies: { title: string }[];
  };
}

describe('what a profile has in common', () => {
  let app: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  it('is what liked movies share more often than the catalog, with its evidence and what speaks against it', async () => {
    const viewer = app.viewer();
    const horror = FIXTURE_MOVIES.filter(({ genres }) => genres.includes('Horror')).slice(0, 3);
    expect(horror.length).toBeGreaterThanOrEqual(2);
    const other = FIXTURE_MOVIES.find(({ genres, title }) => !genres.includes('Horror') && title !== 'The Matrix');
    for (const { movieId } of horror) await viewer.ask(SAY, { id: String(movieId), signal: 'LIKE' });
    await viewer.ask(SAY, { id: String(other?.movieId), signal: 'NOT_INTERESTED' });
    const { profileTraits, notInterestedMovies } = (await viewer.ask<Answer>(TRAITS)).viewer;
    expect(notInterestedMovies).toEqual([{ title: other?.title }]);
    const first = profileTraits[0];
    expect(profileTraits.find(({ value }) => value === 'horror')).toMatchObject({
      kind: 'GENRE',
      name: 'Horror',
      likes: horror.length,
      dislikes: 0,
    });
    expect(first.kind).toBe('GENRE');
    for (const { likes, movies } of profileTraits) {
      expect(likes).toBeGreaterThanOrEqual(2);
      expect(movies.length).toBe(Math.min(likes, 4));
      for (const { title } of movies) expect(horror.map((movie) => movie.title)).toContain(title);
    }
    // Latest like first.
    expect(profileTraits.find(({ value }) => value === 'horror')?.movies[0].title).toBe(horror.at(-1)?.title);
    for (const { movieId } of horror) await viewer.ask(SAY, { id: String(movieId), signal: 'DISLIKE' });
    expect((await viewer.ask<Answer>(TRAITS)).viewer.profileTraits).toEqual([]);
  });

  it('is empty for one like', async () => {
    const viewer = app.viewer();
    await viewer.ask(SAY, { id: '2571', signal: 'LIKE' });
    expect((await viewer.ask<Answer>(TRAITS)).viewer.profileTraits).toEqual([]);
  });
});
