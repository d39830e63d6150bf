import type { MovieId } from '../../catalog/movie-id.ts';
import type { MovieRecord } from '../named-movie.ts';
import type { EventMovie, MediaEvent, MediaSays, MediaSource } from './media-event.ts';

/** Owner of the hook of the whole server, in place of the id of a user. */
export const SERVER = '';
/** Events of one profile that are listed. The oldest go. */
export const MAX_EVENTS = 500;
/** Events of one profile that wait for their movie. The oldest go. */
export const MAX_WAITING = 1_000;

/**
 * What became of an event. TAKEN: it changed the library. SAME: the library had it. KEPT: what the viewer said here stays. OUTDATED: a later
 * event of the same movie came first. UNMARKED: the movie is no longer watched over there; here it stays. WAITING: for the movie, or for
 * a profile. FULL: a list has no room. DISABLED: the account of the user is disabled.
 */
export const EVENT_OUTCOMES = [
  'TAKEN',
  'SAME',
  'KEPT',
  'OUTDATED',
  'UNMARKED',
  'WAITING',
  'FULL',
  'NOT_A_MOVIE',
  'NOT_FINISHED',
  'OTHER_EVENT',
  'OTHER_USER',
  'DISABLED',
  'UNREADABLE',
] as const;
export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

export interface Hook {
  /** The first letters of the token. */
  start: string;
  /** Only events of this user of the media server count. Null: all of them. */
  mediaUser: string | null;
  createdAt: Date;
}

export interface HookUser {
  source: MediaSource;
  name: string;
  /** The profile that gets the events. */
  userId: string | null;
  seenAt: Date;
  /** Events that wait for a profile. */
  waiting: number;
}

export interface HookEvent {
  eventId: string;
  source: MediaSource;
  name: string;
  mediaUser: string;
  clues: EventMovie;
  movieId: MovieId | null;
  says: MediaSays;
  happenedAt: Date;
  receivedAt: Date;
  deliveries: number;
  outcome: EventOutcome;
  detail: string;
}

/** Hooks of profiles and of the server, and what they reported. Every method that writes is one transaction. */
export interface HookStore {
  /** Makes the hook of the owner, in place of the one before. */
  create(owner: string, hook: Hook & { tokenHash: string }): Promise<void>;
  /** False when there was none. */
  revoke(owner: string): Promise<boolean>;
  setMediaUser(owner: string, mediaUser: string | null): Promise<Hook | undefined>;
  find(owner: string): Promise<Hook | undefined>;
  findByToken(tokenHash: string): Promise<{ owner: string; hook: Hook } | undefined>;

  /** Users that the hook of the server reported, those without a profile first. */
  users(): Promise<HookUser[]>;
  /** Notes a user of the media server. Returns the profile that gets the events; null: nobody has said so yet. */
  seeUser(source: MediaSource, name: string, at: Date): Promise<string | null>;
  /** Gives the user's events to a profile, also those that waited. False when the hook has not reported this user. */
  mapUser(source: MediaSource, name: string, userId: string | null): Promise<boolean>;
  /** Names of users of media servers whose events the profile gets. */
  namesOf(userId: string): Promise<{ source: MediaSource; name: string }[]>;

  /** Takes an event about a movie into the library and writes down what became of it. The same event again changes nothing. */
  take(userId: string, event: MediaEvent, movie: MovieRecord, at: Date): Promise<HookEvent>;
  /** Writes down an event that changes nothing now. */
  note(userId: string, event: MediaEvent, outcome: EventOutcome, at: Date, detail?: string): Promise<HookEvent>;
  /** Newest first. */
  events(userId: string, first: number, offset: number): Promise<HookEvent[]>;
  /** Events with a profile that wait for their movie, after the one with this id. */
  waiting(first: number, after: string, userId?: string): Promise<(HookEvent & { userId: string })[]>;
  /** Takes an event that waited. Does nothing when it waits no more. */
  settle(userId: string, eventId: string, movie: MovieRecord): Promise<void>;
}
