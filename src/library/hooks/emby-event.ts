import type { MediaEvent } from './media-event.ts';
import {
  idOf,
  isFinished,
  type Json,
  MAX_NAME,
  MAX_TITLE,
  momentOf,
  numberOf,
  objectOf,
  textOf,
  truthOf,
  yearOf,
} from './payload-values.ts';

/** A notification of Emby: JSON, or the field "data" of a form. */
export function embyEvent(payload: Json): MediaEvent {
  const item = objectOf(payload.Item);
  const user = objectOf(payload.User);
  const playback = objectOf(payload.PlaybackInfo);
  const data = objectOf(item.UserData);
  const ids = new Map(Object.entries(objectOf(item.ProviderIds)).map(([name, id]) => [name.toLowerCase(), id]));
  const name = textOf(payload.Event, MAX_NAME);
  const event: MediaEvent = {
    source: 'EMBY',
    name,
    user: textOf(user.Name, MAX_NAME),
    clues: {
      title: textOf(item.Name, MAX_TITLE),
      year: yearOf(item.ProductionYear),
      imdbId: idOf(ids.get('imdb')),
      tmdbId: idOf(ids.get('tmdb')),
    },
    at: momentOf(payload.Date),
    key: null,
    says: {},
    problem: null,
  };
  event.key = event.at && `${name} ${textOf(item.Id, MAX_NAME)} ${event.at.toISOString()}`;
  switch (name.toLowerCase()) {
    case 'playback.stop': {
      const position = numberOf(playback.PositionTicks);
      const isPlayed = truthOf(playback.PlayedToCompletion) === true || isFinished(position, numberOf(item.RunTimeTicks));
      if (isPlayed) event.says.watched = true;
      else event.problem = 'NOT_FINISHED';
      break;
    }
    case 'item.markplayed':
      event.says.watched = true;
      break;
    case 'item.markunplayed':
      event.says.watched = false;
      break;
    case 'item.rate': {
      const isFavorite = truthOf(data.IsFavorite);
      if (isFavorite === null) event.problem = 'OTHER_EVENT';
      else event.says.liked = isFavorite || truthOf(data.Likes) === true;
      break;
    }
    default:
      event.problem = 'OTHER_EVENT';
  }
  if (event.problem !== 'OTHER_EVENT' && item.Type !== 'Movie') event.problem = 'NOT_A_MOVIE';
  return event;
}
