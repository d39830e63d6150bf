import type { MediaEvent } from './media-event.ts';
import {
  idOf,
  isFinished,
  type Json,
  MAX_NAME,
  MAX_TITLE,
  momentOf,
  numberOf,
  starsOf,
  textOf,
  truthOf,
  yearOf,
} from './payload-values.ts';

/** Reasons for which user data is saved when the viewer changes a rating or a favourite. */
const OPINION_REASONS = new Set(['UpdateUserRating', 'UpdateUserData']);
const PLAYED_REASONS = new Set(['TogglePlayed', 'PlaybackFinished']);

/**
 * A notification of Jellyfin's webhook plugin with "Send All Properties", or of a template with the same names. A playback that ends is
 * reported twice: as PlaybackStop, and as UserDataSaved with the reason PlaybackFinished.
 */
export function jellyfinEvent(payload: Json): MediaEvent {
  const type = textOf(payload.NotificationType, MAX_NAME);
  const reason = textOf(payload.SaveReason, MAX_NAME);
  const event: MediaEvent = {
    source: 'JELLYFIN',
    name: reason === '' ? type : `${type} ${reason}`.slice(0, MAX_NAME),
    user: textOf(payload.NotificationUsername ?? payload.Username, MAX_NAME),
    clues: {
      // The plugin writes a backslash before each quote of a name.
      title: textOf(payload.Name, MAX_TITLE).replaceAll('\\"', '"'),
      year: yearOf(payload.Year),
      imdbId: idOf(payload.Provider_imdb),
      tmdbId: idOf(payload.Provider_tmdb),
    },
    at: momentOf(payload.UtcTimestamp) ?? momentOf(payload.Timestamp),
    key: null,
    says: {},
    problem: null,
  };
  event.key = event.at && `${event.name} ${textOf(payload.ItemId, MAX_NAME)} ${event.at.toISOString()}`;
  if (type === 'PlaybackStop') {
    const position = numberOf(payload.PlaybackPositionTicks);
    const isPlayed = truthOf(payload.PlayedToCompletion) === true || isFinished(position, numberOf(payload.RunTimeTicks));
    if (isPlayed) event.says.watched = true;
    else event.problem = 'NOT_FINISHED';
  } else if (type === 'UserDataSaved' && PLAYED_REASONS.has(reason)) {
    const played = truthOf(payload.Played);
    if (played === true || reason === 'TogglePlayed') event.says.watched = played === true;
    else event.problem = 'NOT_FINISHED';
  } else if (type === 'UserDataSaved' && OPINION_REASONS.has(reason)) {
    event.says.liked = truthOf(payload.Favorite) === true || truthOf(payload.Likes) === true;
    event.says.stars = starsOf(numberOf(payload.Rating), 'Rating');
  } else event.problem = 'OTHER_EVENT';
  if (event.problem !== 'OTHER_EVENT' && payload.ItemType !== 'Movie') event.problem = 'NOT_A_MOVIE';
  return event;
}
