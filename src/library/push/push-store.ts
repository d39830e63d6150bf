import type { MovieId } from '../../catalog/movie-id.ts';
import type { NewsLanguage } from './news-language.ts';
import type { PushSubscription } from './push-subscription.ts';

/** What was looked at last for a viewer. */
export interface LastLook {
  /** The last day of the offers then, in days since 1970. */
  day: number;
  /** Movies of the watchlist that changed on that day, as the catalog had it. */
  told: readonly MovieId[];
  /** In milliseconds since 1970. */
  at: number;
}

export interface ListedMovie {
  movieId: MovieId;
  /** In milliseconds since 1970. */
  addedAt: number;
}

/** A subscription as it is stored. */
export interface StoredSubscription {
  language: NewsLanguage;
  createdAt: Date;
}

export interface NewSubscription extends PushSubscription {
  userId: string;
  /** The subscription ends with this session. Null: with the account, for people whom a proxy signs in anew each day. */
  sessionId: string | null;
  /** The public key of the server that the browser subscribed with. */
  serverKey: string;
}

/** A viewer whose watchlist this server looks at. */
export interface ClaimedLook {
  userId: string;
  /** Undefined before the first look. */
  last: LastLook | undefined;
  /** Tells this claim from a later one. */
  claim: number;
}

export interface FinishedLook extends LastLook {
  version: string;
  /** The next look is at this time at the earliest. */
  nextAt: number;
}

/** A message that this server sends. */
export interface ClaimedMessage extends PushSubscription {
  message: string;
  /** How often somebody began to send it, this time included. */
  attempts: number;
  /** Tells this claim from a later one. */
  claim: number;
}

/**
 * Browsers that get messages, and the messages that wait for them: at most one for each. All servers of a database share both, and what one
 * has claimed no other gets before its lease is over.
 */
export interface PushStore {
  /** Adds a browser, or changes what is known of it. Beyond `max` of the viewer the oldest go. */
  subscribe(subscription: NewSubscription, at: Date, max: number): Promise<void>;
  /** Returns false when the browser did not belong to the user. */
  unsubscribe(userId: string, endpoint: string): Promise<boolean>;
  find(userId: string, endpoint: string, serverKey: string): Promise<StoredSubscription | undefined>;
  /** Oldest first. */
  ofUser(userId: string): Promise<(StoredSubscription & { endpoint: string })[]>;

  /** Deletes browsers whose session is over and those that subscribed with another key, and messages that waited too long. */
  sweep(serverKey: string, now: number): Promise<void>;
  /** Viewers whose watchlist was not looked at in this version, at most `limit`. */
  claimLooks(version: string, limit: number, now: number, leaseMs: number): Promise<ClaimedLook[]>;
  /** What the viewer wants to watch. */
  listed(userId: string): Promise<ListedMovie[]>;
  /** Stores a look, and the message for each browser of the viewer. Does nothing when the lease is over and another server has the claim. */
  finishLook(
    look: ClaimedLook,
    finished: FinishedLook,
    messageIn: (language: NewsLanguage) => string | undefined,
    expiresAt: number,
  ): Promise<void>;
  claimMessages(limit: number, now: number, leaseMs: number): Promise<ClaimedMessage[]>;
  /** The message was sent, or nobody takes it. */
  drop(message: ClaimedMessage): Promise<void>;
  /** Puts the message back. `attempts` is how often it was tried. */
  postpone(message: ClaimedMessage, until: number, attempts: number): Promise<void>;
  /** Deletes the browser: its push service does not know it any more. */
  forget(message: ClaimedMessage): Promise<void>;
}
