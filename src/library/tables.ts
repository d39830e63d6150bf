import type { MovieId } from '../catalog/movie-id.ts';

/** Times are milliseconds since 1970, booleans are 1 or 0: both databases store integers alike. */
export interface Tables {
  cinematch_watchlist: WatchlistTable;
  cinematch_feedback: FeedbackTable;
  cinematch_preferences: PreferencesTable;
  cinematch_ratings: RatingTable;
  cinematch_plays: PlayTable;
  cinematch_imports: ImportTable;
  cinematch_import_changes: ImportChangeTable;
  cinematch_movie_ids: MovieIdsTable;
  cinematch_hooks: HookTable;
  cinematch_hook_users: HookUserTable;
  cinematch_hook_events: HookEventTable;
  cinematch_groups: GroupTable;
  cinematch_watchlist_links: WatchlistLinkTable;
  cinematch_push_subscriptions: PushSubscriptionTable;
  cinematch_push_looks: PushLookTable;
}

/** A browser that gets messages, and the message that waits for it. PostgreSQL returns times as text. */
export interface PushSubscriptionTable {
  endpoint: string;
  user_id: string;
  session_id: string | null;
  p256dh: string;
  auth: string;
  language: string;
  server_key: string;
  created_at: number;
  message: string | null;
  attempts: number;
  /** The next attempt. While a server sends the message: when another server may try. */
  next_at: number;
  /** The message is of no use afterwards. */
  expires_at: number;
}

/** What was looked at last for a viewer who gets messages. */
export interface PushLookTable {
  user_id: string;
  /** The version of the catalog; null before the first look. */
  version: string | null;
  /** The last day of its offers, in days since 1970. */
  day: number;
  /** Ids of movies that changed on that day, as JSON. */
  told: string;
  looked_at: number;
  next_at: number;
}

/** The link to the watchlist of a user. */
export interface WatchlistLinkTable {
  user_id: string;
  link_id: string;
  name: string;
  created_at: number;
}

/** A group that looks for a movie together. */
export interface GroupTable {
  group_id: string;
  /** Who made it. Everybody who knows the id may read and change it. */
  user_id: string;
  version: number;
  /** Members, wishes and votes, as JSON: they are read and written whole. */
  content: string;
  created_at: number;
  changed_at: number;
}

export interface WatchlistTable {
  user_id: string;
  movie_id: MovieId;
  /** Copied when the movie is added: the list names the movie by it after the movie has left the catalog. */
  title: string;
  /** Sort key: the title in lower case, without accents. */
  sort_title: string;
  /** 0 when unknown. */
  year: number;
  added_at: number;
  watched: number;
  watched_at: number | null;
}

export interface FeedbackTable {
  user_id: string;
  movie_id: MovieId;
  signal: string;
  said_at: number;
  /** The import that gave it; null for the viewer. */
  import_id: string | null;
  /** 1 when a rating became this feedback: it changes with the rating. */
  from_stars: number;
}

/** The movie of a rating or a play. Its title is copied, as on the watchlist. */
interface NamedRow {
  user_id: string;
  movie_id: MovieId;
  title: string;
  sort_title: string;
  /** 0 when unknown. */
  year: number;
  import_id: string | null;
}

export interface RatingTable extends NamedRow {
  /** 1 to 10. */
  half_stars: number;
  /** -1 when unknown. */
  rated_at: number;
}

export interface PlayTable extends NamedRow {
  play_id: string;
  /** -1 when unknown. */
  played_at: number;
}

export interface ImportTable {
  user_id: string;
  import_id: string;
  imported_at: number;
  /** Names of the files, as JSON. */
  files: string;
  row_count: number;
  movie_count: number;
  undone_at: number | null;
}

/** A row as it was before an import and as the import left it, as JSON. Null: there was none. */
export interface ImportChangeTable {
  user_id: string;
  import_id: string;
  number: number;
  kind: string;
  before: string | null;
  after: string | null;
}

/** The other ids of a movie that a library names. */
export interface MovieIdsTable {
  movie_id: MovieId;
  tmdb_id: number | null;
  /** The number within "tt0133093". */
  imdb_id: number | null;
}

/** Lists are stored as JSON because they are read and written whole. */
export interface PreferencesTable {
  user_id: string;
  preferred_genres: string;
  services: string;
  languages: string;
  runtime_min: number | null;
  runtime_max: number | null;
  familiar: number | null;
  region: string | null;
  /** 0: no model learns from the viewer. Null as 1. */
  learn_from: number | null;
}

/** A hook of a profile, or the one of the server. */
export interface HookTable {
  /** Empty: the hook of the server. */
  user_id: string;
  /** SHA-256 of the token, in hexadecimal digits. */
  token_hash: string;
  /** The first letters of the token. */
  start: string;
  /** Only events of this user of the media server count. Null: all of them. */
  media_user: string | null;
  created_at: number;
}

/** A user of a media server that the hook of the server reported. */
export interface HookUserTable {
  source: string;
  /** The name in lower case. */
  user_key: string;
  name: string;
  /** The profile that gets the events. Null: nobody has said so yet. */
  user_id: string | null;
  seen_at: number;
}

export interface HookEventTable {
  /** Empty: the user of the media server has no profile yet. */
  user_id: string;
  event_id: string;
  /** Hash of what identifies the event. Null: the payload has nothing that does. */
  event_key: string | null;
  source: string;
  name: string;
  media_user: string;
  user_key: string;
  title: string;
  /** 0 when unknown. */
  year: number;
  imdb_id: number | null;
  tmdb_id: number | null;
  /** Null: the catalog lacks the movie, or nobody looked. */
  movie_id: MovieId | null;
  /** What the event says about the movie, as JSON. */
  says: string;
  happened_at: number;
  received_at: number;
  /** How often it was delivered. */
  deliveries: number;
  outcome: string;
  /** Why an event could not be read. */
  detail: string;
}
