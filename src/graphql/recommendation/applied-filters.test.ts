import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask } from '../../../test/running-app.ts';
import { type TestViewer, type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';

const QUERY = `query ($prefs: PreferencesInput, $first: Int!, $after: String) {
  recommendations(prefs: $prefs, first: $first, after: $after) {
    totalCount pageInfo { endCursor }
    appliedFilters { genres { id name } genreMatch services { id name } languages yearMin yearMax runtimeMin runtimeMax familiar watch { region kinds services } } } }`;
const PREFER = 'mutation ($preferences: StoredPreferencesInput!) { updatePreferences(preferences: $preferences) { id } }';

const NO_FILTERS = {
  genres: [],
  genreMatch: 'ANY',
  services: [],
  languages: [],
  yearMin: null,
  yearMax: null,
  runtimeMin: null,
  runtimeMax: null,
  familiar: 0.5,
  watch: null,
};

interface Answer {
  recommendations: { totalCount: number; pageInfo: { endCursor: string | null }; appliedFilters: object };
}

describe('appliedFilters', () => {
  let app: ViewerApp;
  let ann: TestViewer;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
    ann = app.viewer('ann');
    await ann.ask(PREFER, {
      preferences: {
        preferredGenres: ['Drama'],
        services: ['netflix'],
        languages: ['en', 'fr'],
        runtimeMin: 80,
        runtimeMax: 150,
        familiar: 0.25,
      },
    });
  });
  afterAll(() => app.shutDown(0));

  const stored = {
    ...NO_FILTERS,
    genres: [{ id: 'drama', name: 'Drama' }],
    services: [{ id: 'netflix', name: 'Netflix' }],
    languages: ['en', 'fr'],
    runtimeMin: 80,
    runtimeMax: 150,
    familiar: 0.25,
  };
  const page = async (viewer: TestViewer | null, prefs: object | null, after: string | null = null): Promise<Answer['recommendations']> => {
    const variables = { prefs, first: 1, after };
    return (await (viewer === null ? ask<Answer>(app, QUERY, variables) : viewer.ask<Answer>(QUERY, variables))).recommendations;
  };
  const applied = async (viewer: TestViewer | null, prefs: object | null): Promise<object> => (await page(viewer, prefs)).appliedFilters;

  it('are none when nothing is asked for and nobody is signed in', async () => {
    for (const prefs of [null, {}, { preferredGenres: [], services: [], languages: [], yearMin: null }])
      expect(await applied(null, prefs)).toEqual(NO_FILTERS);
  });

  it('are those of the request when nobody is signed in, in the spelling of the catalog', async () => {
    const prefs = {
      preferredGenres: ['SCI-FI', 'Science Fiction', 'action'],
      genreMatch: 'ALL',
      services: ['NETFLIX'],
      languages: ['EN'],
      yearMin: 1990,
      yearMax: 2010,
      runtimeMin: 90,
      runtimeMax: 200,
      familiar: 1,
    };
    expect(await applied(null, prefs)).toEqual({
      ...prefs,
      preferredGenres: undefined,
      watch: null,
      genres: [
        { id: 'action', name: 'Action' },
        { id: 'sci-fi', name: 'Sci-Fi' },
      ],
      services: [{ id: 'netflix', name: 'Netflix' }],
      languages: ['en'],
    });
  });

  it('have no way to match genres when there are none', async () => {
    expect(await applied(null, { genreMatch: 'ALL' })).toEqual(NO_FILTERS);
    expect(await applied(ann, { genreMatch: 'PREFER' })).toEqual({ ...stored, genreMatch: 'PREFER' });
  });

  it('are what is stored where the request says nothing', async () => {
    expect(await applied(ann, null)).toEqual(stored);
    expect(await applied(ann, { preferredGenres: ['Horror'], yearMin: 1980 })).toEqual({
      ...stored,
      genres: [{ id: 'horror', name: 'Horror' }],
      yearMin: 1980,
    });
    expect(await applied(app.viewer('ann', 'write'), null)).toEqual(NO_FILTERS);
  });

  it('are without a stored bound that the request sets to null, or that contradicts a bound of the request', async () => {
    expect(await applied(ann, { runtimeMin: null })).toEqual({ ...stored, runtimeMin: null });
    expect(await applied(ann, { runtimeMin: null, runtimeMax: null })).toEqual({ ...stored, runtimeMin: null, runtimeMax: null });
    expect(await applied(ann, { runtimeMax: 70 })).toEqual({ ...stored, runtimeMin: null, runtimeMax: 70 });
  });

  it('are without a stored list when the request gives an empty one; a list that is null counts as left out', async () => {
    expect(await applied(ann, { services: [], preferredGenres: [] })).toEqual({ ...stored, genres: [], services: [] });
    expect(await applied(ann, { services: null, languages: null })).toEqual(stored);
  });

  it('say how movies can be watched: in the region of the filter, of the request, of the viewer, or of the server', async () => {
    const bob = app.viewer('bob');
    const nothing = { preferredGenres: [], services: [], languages: [] };
    const region = async (viewer: TestViewer | null, prefs: object): Promise<unknown> =>
      ((await applied(viewer, prefs)) as { watch: unknown }).watch;
    const anyWay = (code: string): object => ({ region: code, kinds: [], services: [] });
    expect(await region(bob, { watch: {} })).toEqual(anyWay('US'));
    await bob.ask(PREFER, { preferences: { ...nothing, region: 'DE' } });
    expect(await region(bob, { watch: {} })).toEqual(anyWay('DE'));
    expect(await region(bob, { watch: {}, region: 'us' })).toEqual(anyWay('US'));
    expect(await region(bob, { watch: { region: 'de' }, region: 'US' })).toEqual(anyWay('DE'));
    expect(await region(null, { watch: {}, region: 'DE' })).toEqual(anyWay('DE'));
    expect(await region(bob, { region: 'DE' })).toBeNull();
    // Netflix is a service of DE alone.
    expect(await region(bob, { watch: { services: ['netflix'], kinds: ['BUY', 'RENT'] } })).toEqual({
      region: 'DE',
      kinds: ['RENT', 'BUY'],
      services: ['Netflix'],
    });
    const refused = (await bob.refusal(QUERY, { first: 1, prefs: { region: 'UK' } })).extensions;
    expect(refused).toMatchObject({ argument: 'prefs.region', allowed: ['DE', 'US'] });
    const wrong = (await bob.refusal(QUERY, { first: 1, prefs: { watch: { services: ['hbo max'] } } })).extensions;
    expect(wrong).toMatchObject({ argument: 'prefs.watch.services[0]', allowed: ['Netflix'] });
  });

  it('are the same on every page', async () => {
    const first = await page(ann, { services: [], languages: [] });
    expect(first.totalCount).toBeGreaterThan(1);
    expect((await page(ann, { services: [], languages: [] }, first.pageInfo.endCursor)).appliedFilters).toEqual(first.appliedFilters);
  });
});
