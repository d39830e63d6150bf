import { describe, expect, it } from 'vitest';
import { ALIEN, embyEvent, jellyfinSaved, jellyfinStop, kodiEvent, MATRIX, plexEvent } from '../../../test/media-payloads.ts';
import { readPayload } from './read-payload.ts';

const AT = '2026-01-31T20:15:00.1234567Z';
const MOMENT = new Date('2026-01-31T20:15:00.123Z');
const CLUES = { title: 'The Matrix', year: 1999, imdbId: 102_571, tmdbId: 202_571 };
const TICKS = 600_000_000;

/** What the event says, or why it says nothing. */
const said = (payload: object) => {
  const { says, problem } = readPayload(payload);
  return problem ?? says;
};

describe('events of Jellyfin', () => {
  it('name the user, the film and the moment', () => {
    expect(readPayload(jellyfinStop('Ann', MATRIX, AT))).toMatchObject({
      source: 'JELLYFIN',
      name: 'PlaybackStop',
      user: 'Ann',
      clues: CLUES,
      at: MOMENT,
      says: { watched: true },
      problem: null,
    });
  });

  it('count a playback from 80 % on, or one that was played to its end', () => {
    const stopAt = (minutes: number, more: object = {}) =>
      said(jellyfinStop('Ann', MATRIX, AT, { PlayedToCompletion: false, PlaybackPositionTicks: minutes * TICKS, ...more }));
    expect(stopAt(96)).toEqual({ watched: true });
    expect(stopAt(95.9)).toBe('NOT_FINISHED');
    expect(stopAt(0, { PlayedToCompletion: true })).toEqual({ watched: true });
    expect(stopAt(50, { RunTimeTicks: 0 })).toBe('NOT_FINISHED');
    // A template writes texts.
    expect(stopAt(0, { PlayedToCompletion: 'True' })).toEqual({ watched: true });
    expect(stopAt(0, { PlaybackPositionTicks: String(100 * TICKS), RunTimeTicks: String(120 * TICKS) })).toEqual({ watched: true });
  });

  it('tell marks, favourites and ratings by the reason of the save', () => {
    const saved = (more: object) => said(jellyfinSaved('Ann', MATRIX, AT, more));
    expect(saved({})).toEqual({ watched: true });
    expect(saved({ Played: false })).toBe('NOT_FINISHED');
    expect(saved({ SaveReason: 'TogglePlayed' })).toEqual({ watched: true });
    expect(saved({ SaveReason: 'TogglePlayed', Played: false })).toEqual({ watched: false });
    expect(saved({ SaveReason: 'UpdateUserRating', Favorite: true, Rating: 7 })).toEqual({ liked: true, stars: 3.5 });
    expect(saved({ SaveReason: 'UpdateUserRating', Likes: true })).toEqual({ liked: true, stars: null });
    expect(saved({ SaveReason: 'UpdateUserRating' })).toEqual({ liked: false, stars: null });
    for (const SaveReason of ['PlaybackStart', 'PlaybackProgress', 'Import']) expect(saved({ SaveReason })).toBe('OTHER_EVENT');
  });

  it('of series, songs and other notifications say nothing', () => {
    for (const ItemType of ['Episode', 'Series', 'Season', 'Audio', 'Video', 'Trailer', undefined])
      expect(said(jellyfinStop('Ann', MATRIX, AT, { ItemType }))).toBe('NOT_A_MOVIE');
    for (const NotificationType of ['PlaybackStart', 'PlaybackProgress', 'ItemAdded', 'Generic'])
      expect(said(jellyfinStop('Ann', MATRIX, AT, { NotificationType }))).toBe('OTHER_EVENT');
  });

  it('have names with escaped quotes', () => {
    expect(readPayload(jellyfinStop('Ann', { ...ALIEN, title: '\\"Alien\\"' }, AT)).clues.title).toBe('"Alien"');
  });

  it('have no moment when a template writes it in the form of some country', () => {
    const { at, key } = readPayload(jellyfinStop('Ann', MATRIX, '01/02/2026 20:15:00', { Timestamp: undefined }));
    expect([at, key]).toEqual([null, null]);
  });
});

describe('events of Plex', () => {
  it('count a scrobble, told from the next one by the count of views', () => {
    const event = readPayload(plexEvent('Ann', MATRIX));
    expect(event).toMatchObject({ source: 'PLEX', name: 'media.scrobble', user: 'Ann', clues: CLUES, at: null, says: { watched: true } });
    expect(readPayload(plexEvent('Ann', MATRIX)).key).toBe(event.key);
    expect(readPayload(plexEvent('Ann', MATRIX, { metadata: { viewCount: 2 } })).key).not.toBe(event.key);
    expect(readPayload(plexEvent('Ann', MATRIX, { metadata: { viewCount: undefined, lastViewedAt: undefined } })).key).toBeNull();
  });

  it('have ratings of ten points, and take them back', () => {
    const rated = (more: object) => said(plexEvent('Ann', MATRIX, { event: 'media.rate', ...more }));
    expect(rated({ rating: 9 })).toEqual({ stars: 4.5 });
    expect(rated({ metadata: { userRating: 7 } })).toEqual({ stars: 3.5 });
    expect(rated({ rating: -1 })).toEqual({ stars: null });
    expect(() => rated({ rating: 11 })).toThrow('rating: is 11; expected a number from 0 to 10');
    const at = readPayload(plexEvent('Ann', MATRIX, { event: 'media.rate', rating: 9, metadata: { lastRatedAt: 1_769_890_500 } })).at;
    expect(at).toEqual(new Date(1_769_890_500_000));
  });

  it('of the old agent have one id', () => {
    const idsOf = (guid: string) => readPayload(plexEvent('Ann', MATRIX, { metadata: { Guid: undefined, guid } })).clues;
    expect(idsOf('com.plexapp.agents.imdb://tt0102571?lang=en')).toMatchObject({ imdbId: 102_571, tmdbId: null });
    expect(idsOf('com.plexapp.agents.themoviedb://202571?lang=en')).toMatchObject({ imdbId: null, tmdbId: 202_571 });
    expect(idsOf('com.plexapp.agents.hama://anidb-17494/1/7?lang=en')).toMatchObject({ imdbId: null, tmdbId: null });
  });

  it('of series and other events say nothing', () => {
    for (const type of ['episode', 'show', 'track', undefined])
      expect(said(plexEvent('Ann', MATRIX, { metadata: { type } }))).toBe('NOT_A_MOVIE');
    for (const event of ['media.play', 'media.pause', 'media.resume', 'media.stop', 'library.new', 'playback.started'])
      expect(said(plexEvent('Ann', MATRIX, { event }))).toBe('OTHER_EVENT');
  });
});

describe('events of Emby', () => {
  it('count a playback that ends, and marks', () => {
    expect(readPayload(embyEvent('Ann', MATRIX, AT))).toMatchObject({
      source: 'EMBY',
      user: 'Ann',
      clues: CLUES,
      at: MOMENT,
      says: { watched: true },
    });
    const info = (PlaybackInfo: object) => said(embyEvent('Ann', MATRIX, AT, { PlaybackInfo }));
    expect(info({ PlayedToCompletion: false, PositionTicks: 96 * TICKS })).toEqual({ watched: true });
    expect(info({ PlayedToCompletion: false, PositionTicks: 95 * TICKS })).toBe('NOT_FINISHED');
    expect(said(embyEvent('Ann', MATRIX, AT, { Event: 'item.markplayed' }))).toEqual({ watched: true });
    expect(said(embyEvent('Ann', MATRIX, AT, { Event: 'item.markunplayed' }))).toEqual({ watched: false });
  });

  it('have favourites', () => {
    const rated = (UserData: object | undefined) => said(embyEvent('Ann', MATRIX, AT, { Event: 'item.rate', item: { UserData } }));
    expect(rated({ IsFavorite: true })).toEqual({ liked: true });
    expect(rated({ IsFavorite: false })).toEqual({ liked: false });
    expect(rated(undefined)).toBe('OTHER_EVENT');
  });

  it('of series and other events say nothing', () => {
    expect(said(embyEvent('Ann', MATRIX, AT, { item: { Type: 'Episode' } }))).toBe('NOT_A_MOVIE');
    for (const Event of ['playback.start', 'playback.pause', 'library.new', 'system.notificationtest'])
      expect(said(embyEvent('Ann', MATRIX, AT, { Event }))).toBe('OTHER_EVENT');
  });
});

describe('plain events, as of Kodi', () => {
  it('have ids or a title, and say one thing', () => {
    expect(readPayload(kodiEvent('Ann', MATRIX, { at: AT }))).toMatchObject({
      source: 'KODI',
      user: 'Ann',
      clues: CLUES,
      at: MOMENT,
      says: { watched: true },
    });
    expect(readPayload({ uniqueIds: { tmdbId: 202_571 } })).toMatchObject({
      name: 'watched',
      clues: { tmdbId: 202_571 },
      says: { watched: true },
    });
    expect(said(kodiEvent('Ann', MATRIX, { progress: 79 }))).toBe('NOT_FINISHED');
    expect(said(kodiEvent('Ann', MATRIX, { progress: 80 }))).toEqual({ watched: true });
    expect(said(kodiEvent('Ann', MATRIX, { event: 'rated', rating: 8 }))).toEqual({ stars: 4 });
    expect(said(kodiEvent('Ann', MATRIX, { event: 'rated', rating: 0 }))).toEqual({ stars: null });
    expect(said(kodiEvent('Ann', MATRIX, { event: 'favorite' }))).toEqual({ liked: true });
    expect(said(kodiEvent('Ann', MATRIX, { event: 'favorite', favorite: false }))).toEqual({ liked: false });
    expect(said(kodiEvent('Ann', MATRIX, { type: 'episode' }))).toBe('NOT_A_MOVIE');
  });

  it.each([
    [{ event: 'seen', title: 'Alien' }, 'event: is "seen"; expected watched, rated, favorite'],
    [{ event: 'watched' }, 'uniqueIds: has no "imdb" and no "tmdb", and there is no "title"; expected one of them'],
    [{ title: 'Alien', at: 'yesterday' }, 'at: is "yesterday"; expected a moment such as 2026-01-31T20:15:00Z'],
    [{ event: 'rated', title: 'Alien', rating: 99 }, 'rating: is 99; expected a number from 0 to 10'],
    [{}, 'body: is no JSON object; expected an event of a media server'],
    [[], 'body: is no JSON object; expected an event of a media server'],
    ['x', 'body: is no JSON object; expected an event of a media server'],
    [null, 'body: is no JSON object; expected an event of a media server'],
  ])('that cannot be read name the field: %j', (payload, message) => {
    expect(() => readPayload(payload)).toThrow(message);
  });

  it('have only what fits: ids, years and texts of any other form count as missing', () => {
    const { clues, user } = readPayload({
      title: `A\0lien${'x'.repeat(1_000)}`,
      year: 12_345,
      user: { name: 'Ann' },
      uniqueIds: { imdb: 'tt99999999999', tmdb: -4 },
    });
    expect([clues.title.length, clues.title.slice(0, 5), clues.year, clues.imdbId, clues.tmdbId, user]).toEqual([
      500,
      'Alien',
      null,
      null,
      null,
      '',
    ]);
  });
});
