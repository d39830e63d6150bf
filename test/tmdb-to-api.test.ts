import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../pipeline/stages/refresh.ts';
import { type FakeTmdb, startFakeTmdb } from '../pipeline/testing/fake-tmdb.ts';
import { recordingContext } from '../pipeline/testing/recording-context.ts';
import { openRelease } from '../src/engine/artifacts/model-release.ts';
import { readPointer, versionDirectory } from '../src/engine/artifacts/version-store.ts';
import { country } from '../src/environment/values.ts';
import { snapshotOf } from '../src/recommendations/snapshot.ts';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { ask, DEFAULT_LIMITS } from './running-app.ts';
import { type ViewerApp, viewerApp } from './viewer-app.ts';

const DAY = '2026-03-04';
const provider = (id: number, name: string): object => ({ provider_id: id, provider_name: name, logo_path: '/l.jpg', display_priority: 1 });

/** What TMDb says of one film: every field that is kept, and neighbours of each that are not. */
const RECORD = {
  imdb_id: 'tt7654321',
  title: 'The Ferry',
  original_title: '渡し船',
  original_language: 'ja',
  alternative_titles: {
    titles: [
      { iso_3166_1: 'FR', title: 'Le Bac' },
      { iso_3166_1: 'JP', title: 'Watashibune' },
    ],
  },
  belongs_to_collection: { id: 77, name: 'The River Collection' },
  release_date: '2024-05-06',
  status: 'Released',
  runtime: 117,
  genres: [
    { id: 18, name: 'Drama' },
    { id: 9648, name: 'Mystery' },
  ],
  overview: 'A ferryman keeps a secret.',
  tagline: 'Over the water.',
  popularity: 44.5,
  vote_average: 7.8,
  vote_count: 1234,
  poster_path: '/ferry.jpg',
  backdrop_path: '/river.jpg',
  production_countries: [{ iso_3166_1: 'JP' }, { iso_3166_1: 'FR' }],
  production_companies: [
    { id: 1, name: 'River Pictures' },
    { id: 2, name: 'Studio | Nord' },
  ],
  spoken_languages: [{ iso_639_1: 'ja' }, { iso_639_1: 'fr' }],
  keywords: { keywords: [{ name: 'ferry' }, { name: 'old age' }] },
  credits: {
    cast: [
      { id: 502, name: 'Second Billed', order: 1 },
      { id: 501, name: 'First Billed', order: 0 },
    ],
    crew: [
      { id: 601, name: 'Dora Director', job: 'Director' },
      { id: 602, name: 'Will Writer', job: 'Screenplay' },
      { id: 603, name: 'Cora Composer', job: 'Original Music Composer' },
      { id: 604, name: 'Finn Photographer', job: 'Director of Photography' },
      { id: 605, name: 'Edda Editor', job: 'Editor' },
      { id: 606, name: 'Pia Producer', job: 'Producer' },
      { id: 607, name: 'Carl Caterer', job: 'Caterer' },
    ],
  },
  videos: {
    results: [
      { key: 'teaser_key1', site: 'YouTube', type: 'Teaser', official: true, published_at: '2024-01-01' },
      { key: 'fan_trailer', site: 'YouTube', type: 'Trailer', official: false, published_at: '2024-04-01' },
      { key: 'trailer_key', site: 'YouTube', type: 'Trailer', official: true, published_at: '2024-03-01' },
    ],
  },
  release_dates: {
    results: [
      { iso_3166_1: 'US', release_dates: [{ certification: 'PG-13', type: 3 }] },
      {
        iso_3166_1: 'GB',
        release_dates: [
          { certification: '18', type: 5 },
          { certification: '12A', type: 3 },
        ],
      },
    ],
  },
  'watch/providers': {
    results: {
      GB: {
        link: 'https://www.themoviedb.org/movie/5555/watch?locale=GB',
        flatrate: [provider(8, 'Netflix')],
        free: [provider(103, 'Channel 4')],
        ads: [provider(613, 'Freevee')],
        rent: [provider(2, 'Apple TV')],
        buy: [provider(2, 'Apple TV'), provider(3, 'Google Play Movies')],
      },
      DE: { flatrate: [provider(337, 'Disney Plus')] },
      FR: { flatrate: [provider(381, 'Canal+')] },
    },
  },
};

describe('a film that TMDb has', () => {
  let folder: TemporaryFolder;
  let tmdb: FakeTmdb;
  let app: ViewerApp;
  beforeAll(async () => {
    folder = await temporaryFolder();
    tmdb = await startFakeTmdb({ movies: 20, today: DAY });
    const ferry = { id: 5555, title: 'The Ferry', released: '2024-05-06', status: 'Released', adult: false, votes: 1234, popularity: 44.5 };
    tmdb.movies.set(5555, { ...ferry, offers: {}, record: RECORD });
    await mkdir(`${folder.path}/raw/ml-test`, { recursive: true });
    await writeFile(`${folder.path}/raw/ml-test/movies.csv`, 'movieId,title,genres\n1,A (1990),Drama\n');
    await writeFile(`${folder.path}/raw/ml-test/links.csv`, 'movieId,imdbId,tmdbId\n1,,1001\n');
    const artifacts = `${folder.path}/artifacts`;
    const site = ['--tmdb-url', tmdb.origin, '--tmdb-export-url', `${tmdb.origin}/exports`, '--tmdb-key', 'secret0123456789'];
    const options = ['--min-votes', '0', '--min-popularity', '0', '--rate', '1000', '--region', 'UK', '--regions', 'UK,DE'];
    const context = recordingContext({ now: () => new Date(`${DAY}T05:00:00Z`) });
    await run(['--raw', `${folder.path}/raw`, '--artifacts', artifacts, ...site, ...options], context);
    const release = await openRelease(versionDirectory(artifacts, (await readPointer(artifacts))?.version ?? ''));
    const defaultRegion = country('US').parse('UK');
    const snapshot = snapshotOf(release, { defaultRegion });
    const graphql = { introspection: true, defaultRegion, maxTokens: 2_000, limits: DEFAULT_LIMITS };
    app = await viewerApp(() => snapshot, { graphql });
  });
  afterAll(async () => {
    tmdb?.close();
    await app?.shutDown(0);
    await folder?.remove();
  });

  it('has each of its fields in the API', async () => {
    const link = (region: string): string => `https://www.themoviedb.org/movie/5555/watch?locale=${region}`;
    const offer = (kind: string, providerId: number, service: string): object => ({
      region: 'GB',
      kind,
      providerId,
      service,
      link: link('GB'),
      since: DAY,
      leftAt: null,
    });
    const person = (id: number, name: string, job: string): object => ({ personId: id, name, job });
    const query = `{ movie(id: "tmdb-5555") {
      id tmdbId imdbId title originalTitle alternativeTitles originalLanguage year collection status runtime overview keywords
      genres { name } countries companies spokenLanguages trailerKey certification ratingAverage ratingCount posterUrl directors cast
      services { name } credits { personId name job } availability { region kind providerId service link since leftAt }
      german: availability(region: "DE") { kind providerId service link } } }`;
    expect(await ask(app, query)).toEqual({
      movie: {
        id: 'tmdb-5555',
        tmdbId: 5555,
        imdbId: 'tt7654321',
        title: 'The Ferry',
        originalTitle: '渡し船',
        alternativeTitles: ['渡し船', 'Le Bac', 'Watashibune'],
        originalLanguage: 'ja',
        year: 2024,
        collection: 'The River Collection',
        status: 'Released',
        runtime: 117,
        overview: 'A ferryman keeps a secret.',
        keywords: ['ferry', 'old age'],
        genres: [{ name: 'Drama' }, { name: 'Mystery' }],
        countries: ['JP', 'FR'],
        companies: ['River Pictures', 'Studio / Nord'],
        spokenLanguages: ['ja', 'fr'],
        trailerKey: 'trailer_key',
        certification: '12A',
        // Ratings of the data set, which does not have the film: TMDb's votes are not among them.
        ratingAverage: null,
        ratingCount: 0,
        posterUrl: 'https://image.tmdb.org/t/p/w342/ferry.jpg',
        directors: ['Dora Director'],
        cast: ['First Billed', 'Second Billed'],
        services: [{ name: 'Netflix' }],
        credits: [
          person(501, 'First Billed', 'ACTOR'),
          person(502, 'Second Billed', 'ACTOR'),
          person(601, 'Dora Director', 'DIRECTOR'),
          person(602, 'Will Writer', 'WRITER'),
          person(603, 'Cora Composer', 'COMPOSER'),
          person(604, 'Finn Photographer', 'CINEMATOGRAPHER'),
          person(605, 'Edda Editor', 'EDITOR'),
          person(606, 'Pia Producer', 'PRODUCER'),
        ],
        availability: [
          offer('SUBSCRIPTION', 8, 'Netflix'),
          offer('FREE', 103, 'Channel 4'),
          offer('ADS', 613, 'Freevee'),
          offer('RENT', 2, 'Apple TV'),
          offer('BUY', 2, 'Apple TV'),
          offer('BUY', 3, 'Google Play Movies'),
        ],
        german: [{ kind: 'SUBSCRIPTION', providerId: 337, service: 'Disney Plus', link: link('DE') }],
      },
    });
  });

  it.each(['渡し船', 'le bac', 'watashibune', 'river collection', 'dora director'])('is found as "%s"', async (text) => {
    const query = 'query ($text: String!) { searchMovies(query: $text, first: 1) { nodes { id } } }';
    expect(await ask(app, query, { text })).toEqual({ searchMovies: { nodes: [{ id: 'tmdb-5555' }] } });
  });

  const PREFER =
    'mutation ($preferences: StoredPreferencesInput!) { updatePreferences(preferences: $preferences) { preferences { region } } }';
  const WATCH = 'query ($prefs: PreferencesInput) { recommendations(prefs: $prefs, first: 1) { appliedFilters { watch { region } } } }';
  const watchRegion = async (prefs: object): Promise<unknown> =>
    (await ask<{ recommendations: { appliedFilters: { watch: { region: string } } } }>(app, WATCH, { prefs })).recommendations
      .appliedFilters.watch.region;
  const offersOf = async (region: string): Promise<unknown> => {
    const query = 'query ($region: String) { movie(id: "tmdb-5555") { availability(region: $region) { region } } }';
    return (await ask<{ movie: { availability: { region: string }[] } }>(app, query, { region })).movie.availability[0]?.region;
  };
  const stored = async (region: string): Promise<unknown> => {
    const preferences = { preferredGenres: [], services: [], languages: [], region };
    return (await app.viewer().ask<{ updatePreferences: { preferences: { region: string } } }>(PREFER, { preferences })).updatePreferences
      .preferences.region;
  };

  it('is offered in the regions that --regions named: UK is GB', async () => {
    expect(await ask(app, '{ regions }')).toEqual({ regions: ['DE', 'GB'] });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['DEFAULT_REGION', () => watchRegion({ watch: {} })],
    ['prefs.region', () => watchRegion({ watch: {}, region: 'UK' })],
    ['prefs.watch.region', () => watchRegion({ watch: { region: ' uk ' } })],
    ['availability(region)', () => offersOf('Uk')],
    ['the stored region', () => stored('uk')],
  ])('UK is GB in %s', async (_, region) => {
    expect(await region()).toBe('GB');
  });
});
