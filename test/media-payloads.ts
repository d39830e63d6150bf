/** Events as media servers send them. Movies are those of the fixture: IMDb ids are 100,000 above the movie id, TMDb ids 200,000. */
interface Movie {
  id: number;
  title: string;
  year: number;
}

export const MATRIX: Movie = { id: 2571, title: 'The Matrix', year: 1999 };
export const ALIEN: Movie = { id: 1214, title: 'Alien', year: 1979 };
export const GODFATHER: Movie = { id: 858, title: 'The Godfather', year: 1972 };
/** The catalog of the fixture lacks it. */
export const UNKNOWN: Movie = { id: 77_777, title: 'A Film Not Yet Listed', year: 2020 };

const TICKS_A_MINUTE = 600_000_000;
const imdbOf = ({ id }: Movie): string => `tt${String(100_000 + id).padStart(7, '0')}`;
const tmdbOf = ({ id }: Movie): string => String(200_000 + id);

function jellyfin(user: string, movie: Movie, at: string, more: object): object {
  return {
    ServerId: 'a7c1d0f2e3b44d7f9a0b1c2d3e4f5a6b',
    ServerName: 'living-room',
    ServerVersion: '10.10.3',
    ServerUrl: 'http://jellyfin.lan:8096',
    Timestamp: '2026-01-31T21:15:00.1234567+01:00',
    UtcTimestamp: at,
    Name: movie.title,
    Overview: 'A \\"movie\\".',
    Tagline: '',
    ItemId: `item-${movie.id}`,
    ItemType: 'Movie',
    RunTimeTicks: 120 * TICKS_A_MINUTE,
    RunTime: '02:00:00',
    Year: movie.year,
    PremiereDate: `${movie.year}-03-31`,
    Genres: 'Drama',
    Provider_imdb: imdbOf(movie),
    Provider_tmdb: tmdbOf(movie),
    Video_0_Codec: 'hevc',
    NotificationUsername: user,
    UserId: `id-of-${user}`,
    ...more,
  };
}

export function jellyfinStop(user: string, movie: Movie, at: string, more: object = {}): object {
  return jellyfin(user, movie, at, {
    NotificationType: 'PlaybackStop',
    PlaybackPositionTicks: 118 * TICKS_A_MINUTE,
    PlaybackPosition: '01:58:00',
    IsPaused: false,
    IsAutomated: false,
    DeviceId: 'tv',
    DeviceName: 'TV',
    ClientName: 'Jellyfin Web',
    PlayMethod: 'DirectPlay',
    PlayedToCompletion: true,
    ...more,
  });
}

/** Sent once more for each playback that ends, with the reason PlaybackFinished. */
export function jellyfinSaved(user: string, movie: Movie, at: string, more: object = {}): object {
  return jellyfin(user, movie, at, {
    NotificationType: 'UserDataSaved',
    SaveReason: 'PlaybackFinished',
    Likes: false,
    Rating: 0,
    PlaybackPositionTicks: 0,
    PlayCount: 1,
    Favorite: false,
    Played: true,
    AudioStreamIndex: -1,
    SubtitleStreamIndex: -1,
    LastPlayedDate: '2026-01-31T18:15:00.0000000Z',
    ...more,
  });
}

export function plexEvent(user: string, movie: Movie, more: { event?: string; metadata?: object; [field: string]: unknown } = {}): object {
  const { metadata, ...top } = more;
  return {
    event: 'media.scrobble',
    user: true,
    owner: true,
    Account: { id: 1, thumb: 'https://plex.tv/users/1022b120ffbaa/avatar?c=1465525047', title: user },
    Server: { title: 'Office', uuid: '54664a3d8acc39983675640ec9ce00b70af9cc36' },
    Player: { local: true, publicAddress: '200.200.200.200', title: 'Plex Web (Safari)', uuid: 'r6yfkdnfggbh2bdnvkffwbms' },
    Metadata: {
      librarySectionType: 'movie',
      ratingKey: String(movie.id),
      key: `/library/metadata/${movie.id}`,
      guid: 'plex://movie/5d776825880197001ec9038e',
      Guid: [{ id: `imdb://${imdbOf(movie)}` }, { id: `tmdb://${tmdbOf(movie)}` }, { id: 'tvdb://169' }],
      librarySectionID: 1,
      type: 'movie',
      title: movie.title,
      year: movie.year,
      rating: 8.3,
      viewCount: 1,
      lastViewedAt: 1_769_890_500,
      addedAt: 1_700_000_000,
      ...metadata,
    },
    ...top,
  };
}

export function embyEvent(
  user: string,
  movie: Movie,
  at: string,
  more: { Event?: string; item?: object; [field: string]: unknown } = {},
): object {
  const { item, ...top } = more;
  return {
    Title: `${user} has finished playing ${movie.title}`,
    Date: at,
    Event: 'playback.stop',
    Severity: 'Info',
    User: { Name: user, Id: `id-of-${user}` },
    Item: {
      Name: movie.title,
      ServerId: 'f40a5bd0c6b64051bdbed00580fa1118',
      Id: String(movie.id),
      ProductionYear: movie.year,
      RunTimeTicks: 120 * TICKS_A_MINUTE,
      ProviderIds: { Tmdb: tmdbOf(movie), Imdb: imdbOf(movie) },
      Type: 'Movie',
      MediaType: 'Video',
      ...item,
    },
    Server: { Name: 'emby', Id: 'f40a5bd0c6b64051bdbed00580fa1118', Version: '4.8.3.0' },
    Session: { RemoteEndPoint: '192.168.1.5', Client: 'Emby Web', DeviceName: 'Firefox', Id: 'x' },
    PlaybackInfo: { PlayedToCompletion: true, PositionTicks: 118 * TICKS_A_MINUTE, PlaylistIndex: 0, PlaylistLength: 1 },
    ...top,
  };
}

export function kodiEvent(user: string, movie: Movie, more: object = {}): object {
  return {
    event: 'watched',
    type: 'movie',
    user,
    title: movie.title,
    year: movie.year,
    uniqueIds: { imdb: imdbOf(movie), tmdb: tmdbOf(movie) },
    ...more,
  };
}

/** A form as Plex and Emby send it, with a poster. Emby writes the name without quotes. */
export function multipartOf(field: 'payload' | 'data', event: object): { headers: { 'content-type': string }; payload: Buffer } {
  const boundary = '------------------------9b3a7f5c0d1e2f34';
  const name = field === 'payload' ? '"payload"' : field;
  const parts = [
    `--${boundary}\r\nContent-Disposition: form-data; name=${name}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(event)}\r\n`,
    `--${boundary}\r\nContent-Disposition: form-data; name="thumb"; filename="thumb.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`,
    Buffer.alloc(40_000, 0xd8),
    `\r\n--${boundary}--\r\n`,
  ];
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
  };
}
