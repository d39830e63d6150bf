export const MEDIA_SOURCES = ['JELLYFIN', 'EMBY', 'PLEX', 'KODI'] as const;
export type MediaSource = (typeof MEDIA_SOURCES)[number];

/** What an event says about a movie. A part that is left out says nothing. */
export interface MediaSays {
  watched?: boolean;
  liked?: boolean;
  /** 0.5 to 5; null: the rating was removed. */
  stars?: number | null;
}

export interface EventMovie {
  title: string;
  year: number | null;
  /** The number within "tt0133093". */
  imdbId: number | null;
  tmdbId: number | null;
}

/** Why an event changes nothing, whatever movie it is about. */
export type EventProblem = 'OTHER_EVENT' | 'NOT_A_MOVIE' | 'NOT_FINISHED';

/** One delivery of a media server, in the same form for all of them. */
export interface MediaEvent {
  source: MediaSource;
  /** The name of the event, as the server writes it. */
  name: string;
  /** The name of the user at the media server. Empty when none is stated. */
  user: string;
  clues: EventMovie;
  /** When it happened. Null when the payload does not say. */
  at: Date | null;
  /** What tells this event from another one of the same film. Null when the payload has nothing of the kind. */
  key: string | null;
  says: MediaSays;
  problem: EventProblem | null;
}

/** Thrown for a payload of no known media server. The message names the field, what was found and what is expected. */
export class HookFormatError extends Error {
  override readonly name = 'HookFormatError';
}
